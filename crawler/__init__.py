"""Crawl company newsrooms and read their announcements.

The way of a release, one direction and no way back::

    Source ─(schedule, manners, fetch)→ Page ─(discover)→ Link ─(archive: new?)→ ─(manners, fetch)→ Page
           ─(archive: keep the raw page)→ ─(extract)→ Release ─(archive: changed?)→ Change n
           ─(index.sync)→ Engine ─(query)→ Hit

Where to look:

    errors, model,   what can go wrong, the nouns (Source Link Page Release Change Visit), what is
    known            remembered of hosts and addresses
    urls, charset,   one address, one spelling; bytes → str; text → dates                         pure
    dates/
    config/          sources.toml → Sources, and back; OPML                                       pure
    schedule/        which sources are due, which links of a visit                                pure
    health/          what is wrong with a source, judged from its own past                        pure
    courtesy/        what a host is owed: robots.txt, a pace, a rest after trouble, one task at a time
    notify/          who is told what: decided, kept, delivered at least once
    discover/        Page → Links: feed, sitemap, listing, platforms; survey: which way serves    pure
    complete         what is shown beside what is held                                            pure
    extract/         Page → Release: document ← title, date, body, refusal ← read                 pure
    fetch            the only door to the network
    archive          the only door to the database
    reading/         readers in processes of their own: started, fed, timed, replaced
    look, showing    a site with few requests, for add · a newsroom by every way, for check
    visit/, crawl    the sequence: one look at a newsroom, one visit to a source · many at once
    __main__         the edge: press-crawl

Two ideas carry it.  The archive is the truth and the index a cache of it: whatever the index holds can be
made anew.  Changes are numbered: each new, revised or withdrawn release is a row with the next number, and an
engine only remembers the last number it has committed.
"""
