Option Explicit

' One callback for every button of the ribbon; control.Tag names the action.
' VBA source cannot hold letters beyond its code page, so the program to start (A1), the sentence for a
' refused start (A2) and the title (A3) stand in the first sheet of this add-in.
Public Sub OnAction(control As IRibbonControl)
    On Error GoTo Refused
#If Mac Then
    AppleScriptTask "SoNguon.applescript", "StartAction", control.Tag & "|" & BookName()
#Else
    ' 0: no window. False: Excel does not wait, for the program will talk to it.
    CreateObject("WScript.Shell").Run CommandLine(control.Tag), 0, False
#End If
    Exit Sub
Refused:
    ' The status bar and Popup show every letter; MsgBox on Windows does not.
    Application.StatusBar = Written("A2")
#If Mac Then
    MsgBox Written("A2"), vbExclamation, Written("A3")
#Else
    CreateObject("WScript.Shell").Popup Written("A2"), 0, Written("A3"), vbExclamation
#End If
End Sub

#If Mac Then
#Else
Private Function CommandLine(action As String) As String
    CommandLine = """" & Written("A1") & """ -P -m macros_py " & action & " --from_xl=1 --hwnd=" & _
        CStr(Application.Hwnd) & " ""--wb=" & BookName() & """"
End Function
#End If

Private Function BookName() As String
    If Not ActiveWorkbook Is Nothing Then BookName = ActiveWorkbook.Name
End Function

Private Function Written(cell As String) As String
    Written = CStr(ThisWorkbook.Worksheets(1).Range(cell).Value)
End Function
