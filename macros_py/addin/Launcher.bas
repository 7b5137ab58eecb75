Option Explicit

' One macro for every menu entry and button; `action` names what was pressed.
' The office must not wait (False): the program it starts will ask it for the sheet.
Sub OnAction(action As String)
    Dim book As String
    book = ThisComponent.URL
    If book = "" Then book = ThisComponent.Title
    Shell """@PYTHON@""", 0, "-P -m macros_py " & action & " --libreoffice=@PIPE@ ""--wb=" & book & """", False
End Sub
