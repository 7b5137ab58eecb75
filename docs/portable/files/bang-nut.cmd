@echo off
setlocal
set PYTHONUTF8=1
start "" "%~dp0python\pythonw.exe" -P -m macros_py palette
