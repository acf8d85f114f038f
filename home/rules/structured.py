"""JSON-LD (schema.org) from facts: values in, dictionaries out. What is empty is left out, nothing is made up."""

from typing import Any

CONTEXT = "https://schema.org"
COLUMN_TYPES = {"news": "工作动态", "notice": "通知公告", "policy": "政策文件"}  # inspections read them in Chinese


def _filled(**values: Any) -> dict[str, Any]:
    return {name.replace("at_", "@", 1): value for name, value in values.items() if value}


def site(
    *,
    name: str,
    url: str,
    search_url: str,
    organisation: str,
    phones: list[str],
    address: str,
    is_government: bool,
    area: str,
) -> list[dict[str, Any]]:
    """The site; and as a service of government only where whoever runs it said that it is one."""
    runs_it = _filled(
        at_type="GovernmentOrganization" if is_government else "Organization",
        name=organisation,
        telephone=phones,
        address=address,
    )
    website = _filled(
        at_context=CONTEXT, at_type="WebSite", name=name, url=url, inLanguage="zh-Hans", publisher=runs_it
    )
    website["potentialAction"] = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{search_url}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    if not is_government:
        return [website]
    service = _filled(
        at_context=CONTEXT, at_type="GovernmentService", name=name, url=url, provider=runs_it, areaServed=area
    )
    return [website, service]


def article(
    *,
    url: str,
    headline: str,
    summary: str,
    published: str,
    changed: str,
    author: str,
    source: str,
    publisher: str,
    image: str,
) -> dict[str, Any]:
    """The author is a person when one is named, else the source that stands on the page."""
    by = {"@type": "Person", "name": author} if author else {"@type": "Organization", "name": source}
    return _filled(
        at_context=CONTEXT,
        at_type="NewsArticle",
        headline=headline,
        description=summary,
        datePublished=published,
        dateModified=changed,
        author=by if by["name"] else None,
        publisher=_filled(at_type="Organization", name=publisher) if publisher else None,
        image=image,
        mainEntityOfPage=url,
        inLanguage="zh-Hans",
    )


def site_labels(*, name: str, domain: str, code: str) -> dict[str, str]:
    """网页标签 of every page (国办发〔2017〕47号): the code of the site only where it was given one."""
    return _filled(SiteName=name, SiteDomain=domain, SiteIDCode=code)


def column_labels(*, name: str, kind: str) -> dict[str, str]:
    return _filled(ColumnName=name, ColumnType=COLUMN_TYPES.get(kind, ""))


def article_labels(*, title: str, published: str, source: str) -> dict[str, str]:
    """`published` is the day and minute of real publication, empty before it."""
    return _filled(ArticleTitle=title, PubDate=published, ContentSource=source)
