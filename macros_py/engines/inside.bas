' Loops that must not cross the bridge: each is one call from outside, however many cells it visits.
' Rows and columns are counted from zero here, as the office counts. Plain ASCII, no state.
' A function that was refused something returns Empty: an error of its own would open a window before the clerk.
Option Explicit

' Groups of cells that look alike: areas, fill, format code, kind of number format, has a drop-down list, any rule at all.
Function Looks(document As Object, block As Object)
  On Error GoTo Refused
  Dim i As Long, groups As Object, group As Object, format As Object
  groups = block.UniqueCellFormatRanges
  Dim found(groups.Count - 1)
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    format = document.NumberFormats.getByKey(group.NumberFormat)
    found(i) = Array(group.RangeAddresses, group.CellBackColor, format.FormatString, format.Type, _
      group.Validation.Type = com.sun.star.sheet.ValidationType.LIST, _
      group.Validation.Type <> com.sun.star.sheet.ValidationType.ANY)
  Next
  Looks = found
Refused:
End Function

' Values over a block, as one thing to undo. The notes on it stay, which a whole block at once would delete.
Function WriteValues(document As Object, block As Object, values)
  On Error GoTo Refused
  Begin(document)
  If block.queryContentCells(com.sun.star.sheet.CellFlags.ANNOTATION).Count > 0 Then
    WriteOneByOne(document, block, values)
  Else
    FillEmpty(block)
    block.setDataArray(values)
  End If
  WriteValues = True
Refused:
  Finish(document)
End Function

' The office cannot take back a block written over empty cells. So they first hold a matrix, which it can.
Sub FillEmpty(block As Object)
  Dim i As Long, empties As Object
  empties = block.queryEmptyCells()
  For i = 0 To empties.Count - 1
    empties.getByIndex(i).setArrayFormula("=0")
  Next
End Sub

' Of what is done in one context the office can take back the last hundred entries only, and forgets the others. So
' loops open contexts within contexts: Begin, then Onward with every number from one, then Finish.
Sub Begin(document As Object)
  document.UndoManager.enterUndoContext("Input")
  document.UndoManager.enterUndoContext("Input")
End Sub

Sub Onward(document As Object, n As Long)
  If n Mod 2500 = 0 Then
    Finish(document)
    Begin(document)
  ElseIf n Mod 50 = 0 Then
    document.UndoManager.leaveUndoContext()
    document.UndoManager.enterUndoContext("Input")
  End If
End Sub

Sub Finish(document As Object)
  document.UndoManager.leaveUndoContext()
  document.UndoManager.leaveUndoContext()
End Sub

Sub WriteOneByOne(document As Object, block As Object, values)
  Dim r As Long, c As Long, n As Long, cell As Object
  For r = 0 To UBound(values)
    For c = 0 To UBound(values(r))
      n = n + 1
      Onward(document, n)
      cell = block.getCellByPosition(c, r)
      If VarType(values(r)(c)) = V_STRING Then
        cell.setString(values(r)(c))
      Else
        cell.setValue(values(r)(c))
      End If
    Next
  Next
End Sub

' Formulas that came to nothing: row, column and the office's number for what was wrong.
Function ReadErrors(block As Object)
  On Error GoTo Refused
  Dim i As Long, n As Long, r As Long, c As Long, areas As Object, area As Object, at As Object
  areas = block.queryFormulaCells(com.sun.star.sheet.FormulaResult.ERROR)
  For i = 0 To areas.Count - 1
    n = n + areas.getByIndex(i).Rows.Count * areas.getByIndex(i).Columns.Count
  Next
  Dim found(n)
  found(0) = 0
  n = 0
  For i = 0 To areas.Count - 1
    area = areas.getByIndex(i)
    at = area.RangeAddress
    For r = 0 To area.Rows.Count - 1
      For c = 0 To area.Columns.Count - 1
        n = n + 1
        found(n) = Array(at.StartRow + r, at.StartColumn + c, area.getCellByPosition(c, r).getError())
      Next
    Next
  Next
  ReadErrors = found
Refused:
End Function

Function ReadFormulas(block As Object, parser As Object)
  On Error GoTo Refused
  Dim r As Long, c As Long, cell As Object, texts
  texts = block.getFormulaArray()
  For r = 0 To UBound(texts)
    For c = 0 To UBound(texts(r))
      If Left(texts(r)(c), 1) = "=" Then
        cell = block.getCellByPosition(c, r)
        If cell.Type = com.sun.star.table.CellContentType.FORMULA Then
          texts(r)(c) = "=" & parser.printFormula(cell.getTokens(), cell.CellAddress)
        End If
      End If
    Next
  Next
  ReadFormulas = texts
Refused:
End Function

Function WriteFormulas(document As Object, block As Object, parser As Object, texts)
  On Error GoTo Refused
  Dim r As Long, c As Long, n As Long, cell As Object
  Begin(document)
  For r = 0 To UBound(texts)
    For c = 0 To UBound(texts(r))
      n = n + 1
      Onward(document, n)
      cell = block.getCellByPosition(c, r)
      If Left(texts(r)(c), 1) = "=" Then
        cell.setTokens(parser.parseFormula(Mid(texts(r)(c), 2), cell.CellAddress))
      Else
        cell.setFormula(texts(r)(c))
      End If
    Next
  Next
  WriteFormulas = True
Refused:
  Finish(document)
End Function

' One formula for all cells, its relative references counted from the first.
Function FillFormula(document As Object, block As Object, parser As Object, text)
  On Error GoTo Refused
  Dim r As Long, c As Long, n As Long, tokens
  Begin(document)
  tokens = parser.parseFormula(Mid(text, 2), block.getCellByPosition(0, 0).CellAddress)
  For r = 0 To block.Rows.Count - 1
    For c = 0 To block.Columns.Count - 1
      n = n + 1
      Onward(document, n)
      block.getCellByPosition(c, r).setTokens(tokens)
    Next
  Next
  FillFormula = True
Refused:
  Finish(document)
End Function

Function ReadNotes(sheet As Object)
  On Error GoTo Refused
  Dim i As Long, count As Long, note As Object
  count = sheet.Annotations.Count
  Dim found(count)
  found(0) = 0
  For i = 1 To count
    note = sheet.Annotations.getByIndex(i - 1)
    found(i) = Array(note.Position.Row, note.Position.Column, note.String, note.Author)
  Next
  ReadNotes = found
Refused:
End Function

' Of its own the office makes notes 2.9 cm wide, and a long one hides many lines. Given 8 cm, it grows as its text needs.
Function AddNotes(document As Object, sheet As Object, rows, columns, texts)
  On Error GoTo Refused
  Dim i As Long, cell As Object, size As New com.sun.star.awt.Size
  size.Width = 8000
  size.Height = 500
  Begin(document)
  For i = 0 To UBound(texts)
    Onward(document, i + 1)
    cell = sheet.getCellByPosition(columns(i), rows(i))
    sheet.Annotations.insertNew(cell.CellAddress, texts(i))
    cell.Annotation.AnnotationShape.setSize(size)
  Next
  AddNotes = True
Refused:
  Finish(document)
End Function

Function AddLinks(document As Object, sheet As Object, rows, columns, targets, texts)
  On Error GoTo Refused
  Dim i As Long, cell As Object, field As Object
  Begin(document)
  For i = 0 To UBound(texts)
    Onward(document, i + 1)
    cell = sheet.getCellByPosition(columns(i), rows(i))
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.URL = targets(i)
    field.Representation = texts(i)
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), field, False)
  Next
  AddLinks = True
Refused:
  Finish(document)
End Function

' The first entry counts for nothing: an empty array would come back as no answer. So it is with the notes.
Function MergedAreas(sheet As Object, block As Object)
  On Error GoTo Refused
  Dim i As Long, j As Long, n As Long, groups As Object, area As Object
  Dim found(0)
  found(0) = 0
  groups = block.UniqueCellFormatRanges
  For i = 0 To groups.Count - 1
    For j = 0 To groups.getByIndex(i).Count - 1
      area = groups.getByIndex(i).getByIndex(j)
      If area.IsMerged Then AppendMerged(sheet, area, found)
    Next
  Next
  MergedAreas = found
Refused:
End Function

Sub AppendMerged(sheet As Object, area As Object, found)
  Dim r As Long, c As Long, cursor As Object
  For r = 0 To area.Rows.Count - 1
    For c = 0 To area.Columns.Count - 1
      If area.getCellByPosition(c, r).IsMerged Then
        cursor = sheet.createCursorByRange(area.getCellByPosition(c, r))
        cursor.collapseToMergedArea()
        ReDim Preserve found(UBound(found) + 1)
        found(UBound(found)) = cursor.RangeAddress
      End If
    Next
  Next
End Sub
