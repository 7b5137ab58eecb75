@echo off
rem A window in which "songuon" is found. A folder dropped onto this file is where the window stands.
chcp 65001 >nul
set "PATH=%~dp0;%PATH%"
if not "%~1"=="" pushd %*
call "%~dp0songuon.cmd" --version
cmd /k
