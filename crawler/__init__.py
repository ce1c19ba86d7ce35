"""Crawl company newsrooms and read their announcements.

The way of a release, one direction and no way back::

    Source ─(schedule, manners, fetch)→ Page ─(discover)→ Link ─(archive: new?)→ ─(manners, fetch)→ Page
           ─(archive: keep the raw page)→ ─(extract)→ Release ─(archive: changed?)→ Change n
           ─(index.sync)→ Engine ─(query)→ Hit

Where to look:

    errors, model    what can go wrong, and the nouns: Source Link Page Release Change Visit
    urls, charset,   one address, one spelling; bytes → str; text → dates                         pure
    dates
    config           sources.toml → Sources                                                       pure
    manners          robots.txt: may I? · pace: how soon?                                         pure
    schedule         which sources are due, which links of a visit                                pure
    health           what is wrong with a source, judged from its own past                        pure
    entries, opml    Sources → sources.toml, OPML and back                                        pure
    discover/        Page → Links: feed, sitemap, listing, platforms; survey: which way serves    pure
    walk, complete   which page of a newsroom is next · what is shown beside what is held         pure
    extract/         Page → Release: document ← title, date, body ← read                          pure
    fetch            the only door to the network
    archive          the only door to the database
    rest, turn,      what a host is owed: a rest after trouble · one task at a time · applied
    courtesy
    reading/         readers in processes of their own: started, fed, timed, replaced
    look, showing    a site with few requests, for add · a newsroom by every way, for check
    newsroom,        the sequence: one look at a newsroom · one visit to a source · many at once
    visit, crawl
    __main__         the edge: press-crawl

Two ideas carry it.  The archive is the truth and the index a cache of it: whatever the index holds can be
made anew.  Changes are numbered: each new, revised or withdrawn release is a row with the next number, and an
engine only remembers the last number it has committed.
"""
