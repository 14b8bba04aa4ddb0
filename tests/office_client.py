"""Run by the Python that has LibreOffice's module `uno`: checks a text as Writer does, and prints what it is told.

Arguments: the port that the office listens on, the address of the server, the text.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale

NODE = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"


def office(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except NoConnectException:  # noqa: PERF203 - it needs a while to start
            time.sleep(0.5)
    raise SystemExit("the office does not answer")


def main(port, server, text):
    context = office(port)
    services = context.ServiceManager
    where = PropertyValue()
    where.Name, where.Value = "nodepath", NODE
    provider = services.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
    settings = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (where,))
    settings.replaceByName("BaseURL", f"{server}/v2")
    settings.replaceByName("IsEnabled", True)
    settings.commitChanges()
    checker = services.createInstanceWithContext("org.openoffice.lingu.LanguageToolGrammarChecker", context)
    english = Locale("en", "US", "")
    known = checker.hasLocale(english)
    found = checker.doProofreading("d", text, english, 0, len(text.encode("utf-16-le")) // 2, ())
    errors = [
        [error.nErrorStart, error.nErrorLength, error.aShortComment, list(error.aSuggestions)]
        for error in found.aErrors
    ]
    json.dump({"known": known, "errors": errors}, sys.stdout)
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    desktop.terminate()


main(*sys.argv[1:])
