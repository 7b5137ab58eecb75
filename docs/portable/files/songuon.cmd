@echo off
rem Every command of So Nguon: songuon check ..., songuon consolidate ...
setlocal
set PYTHONUTF8=1
"%~dp0python\python.exe" -P -m macros_py %*
exit /b %errorlevel%
