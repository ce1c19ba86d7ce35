"""Read pages in processes of their own, so that no page holds up the crawl, leaks into it or ends it.

Where to look:

    jobs     what is asked of a reader and what it answers, and how both are sent
    worker   one reader: a process that reads page after page                               the child's side
    pool     some readers: started, fed, timed, replaced                                    the parent's side
"""
