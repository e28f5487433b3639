//! Which site is an address of?

/// Host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && host.len() > 3).then(|| host.to_owned())
}

/// Whether two hosts are one site: one ends with the other (m.talen.example and talen.example).
pub(super) fn same_site(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let tail = |host: &str| host.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    long == short || long.ends_with(&format!(".{short}")) || tail(a) == tail(b)
}
