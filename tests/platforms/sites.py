"""All sites, one a platform."""

from tests.platforms import (
    aem,
    cision,
    drupal,
    eqs,
    equisolve,
    globenewswire,
    mfn,
    nextjs,
    nir,
    prnewswire,
    q4,
    wordpress,
)

SITES = tuple(
    module.SITE
    for module in (
        aem,
        cision,
        drupal,
        eqs,
        equisolve,
        globenewswire,
        mfn,
        nextjs,
        nir,
        prnewswire,
        q4,
        wordpress,
    )
)
