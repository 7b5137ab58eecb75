"""A few loops run inside the office, so that one call does what would be one call a cell over the bridge."""

from importlib.resources import files
from typing import Any

from macros_py.engines.bridge import OfficeError, Remote, bare

LIBRARY, MODULE = "SoNguonInside", "Inside"


class Inside:
    """The Basic functions of `inside.bas`, put into the office on first use: `inside("ReadNotes", sheet)`.

    They live in the application's library container, never in a workbook of the clerk's.
    """

    def __init__(self, context: Remote) -> None:
        self._context = context
        self._scripts: dict[str, Remote] = {}
        self._provider: Remote | None = None
        self._ours = False

    def __call__(self, name: str, *arguments: Any) -> Any:
        """Run one function; objects, numbers, texts and tuples of them go over, the same come back.

        OfficeError where the office refused what the function asked for.
        """
        if name not in self._scripts:
            uri = f"vnd.sun.star.script:{LIBRARY}.{MODULE}.{name}?language=Basic&location=application"
            self._scripts[name] = self._open().getScript(uri)
        answer = self._scripts[name].invoke(tuple(map(bare, arguments)), (), ())[0]
        if answer is None:
            raise OfficeError(f"LibreOffice refused {name}")
        return answer

    def remove(self) -> None:
        """Take the functions out of the office again, unless another connection had put them there."""
        if self._ours:
            self._libraries().removeLibrary(LIBRARY)
        self._provider, self._ours = None, False
        self._scripts.clear()

    def _open(self) -> Remote:
        if self._provider is None:
            self._install()
            factory = self._context.getValueByName(
                "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory"
            )
            self._provider = factory.createScriptProvider("")
        return self._provider

    def _install(self) -> None:
        libraries = self._libraries()
        self._ours = not libraries.hasByName(LIBRARY)
        if self._ours:
            libraries.createLibrary(LIBRARY)
        libraries.loadLibrary(LIBRARY)
        library = libraries.getByName(LIBRARY)
        source = files("macros_py.engines").joinpath("inside.bas").read_text("ascii")
        if not library.hasByName(MODULE):
            library.insertByName(MODULE, source)
        elif library.getByName(MODULE) != source:  # left by another version of ours
            library.replaceByName(MODULE, source)

    def _libraries(self) -> Any:
        name = "com.sun.star.script.ApplicationScriptLibraryContainer"
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)
