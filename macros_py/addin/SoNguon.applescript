-- Excel for Mac may start a program only through a script in this folder. It starts ours and nothing else.
on StartAction(request)
	set AppleScript's text item delimiters to "|"
	set action to text item 1 of request
	set book to (text items 2 thru -1 of request) as text
	set AppleScript's text item delimiters to ""
	set arguments to quoted form of action & " --from_xl=1 " & quoted form of ("--wb=" & book)
	do shell script quoted form of "@PYTHON@" & " -P -m macros_py " & arguments & " > /dev/null 2>&1 &"
end StartAction
