"""Show the archive and its search as web pages on this machine alone.  Writes nothing.

ask        a request → values; refuses what is foreign or too large                           pure
wish       what a visitor wants to find, and the address that asks for it                     pure
answer     an answer and the headers that fence it in                                         pure
bars       counts by source and month → bars that are links                                   pure
blocks     a body → paragraphs, lists, tables                                                pure
lines      a difference → lines with the words that differ                                    pure
pages      values → HTML: the only `import jinja2`
searcher   the index, kept open between two requests
views      one function a page
site       the whole as a WSGI application
command    the edge: press-search serve, the only `import waitress`
"""
