"""Table of platforms: reviews that shops show below their products."""

from amends.rules.case.platforms.definition import Form, Platform, SiteKind

PRODUCT = (
    Form(
        "(?P<folder>(?:/[a-z]{2}(?:-[a-z]{2})?)?)(?:/collections/[^/]+)?/products/(?P<product>[^/]+)",
        "{origin}{folder}/products/{product}",
        id="",
    ),
)
"""The page of a product in a shop that runs on Shopify; its reviews have no addresses of their own."""

SHOPS = (
    Platform(
        name="avisverifies",
        label="Avis Vérifiés",
        kind=SiteKind.REVIEWS,
        hosts="""
            avis-verifies.com verified-reviews.com opiniones-verificadas.com recensioni-verificate.com
            echte-bewertungen.com
        """,
        forms=(Form("/avis-clients/(?P<shop>[^/]+)", "https://www.{site}/avis-clients/{shop}", id=""),),
    ),
    Platform(
        name="judgeme",
        label="Judge.me",
        kind=SiteKind.REVIEWS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=PRODUCT,
    ),
    Platform(
        name="yotpo",
        label="Yotpo",
        kind=SiteKind.REVIEWS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=PRODUCT,
    ),
    Platform(
        name="bazaarvoice",
        label="Bazaarvoice",
        kind=SiteKind.REVIEWS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=PRODUCT,
    ),
)
