@echo off
chcp 65001 >nul
call "%~dp0songuon.cmd" uninstall
pause
