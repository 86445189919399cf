@echo off
rem The kaitsu command on Windows. Not tested by us: the sh script beside it is what the tests run. Expects a JDK 17.
setlocal
set "cli=%~dp0"
set "root=%cli%..\.."
set "target=%cli%target\fast"
if not exist "%target%\kaitsu-cli-*.jar" (
  echo kaitsu: building, since this is the first use 1>&2
  pushd "%root%"
  call mvnw.cmd --quiet --batch-mode --no-transfer-progress -Dfast -Dmaven.test.skip=true --projects examples/cli --also-make package 1>&2
  if errorlevel 1 (
    popd
    echo kaitsu: the build failed. Check the network and that this is a JDK 17, then try again. 1>&2
    exit /b 5
  )
  popd
)
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dfile.encoding=UTF-8 -cp "%target%\*;%target%\lib\*" io.github.kaitsu.cli.Main %*
exit /b %ERRORLEVEL%
