//! Owns the host of an address, and whether one host is of another's site.

/// The host of an address, in small letters and without `www.`; the address may be bare.
pub fn host(address: &str) -> String {
    let bare = address.trim().split_once("//").map_or(address, |(_, rest)| rest);
    let host = bare.trim().split(['/', ':', '?', '#']).next().unwrap_or_default();
    let host = host.to_lowercase();
    host.strip_prefix("www.")
        .map_or_else(|| host.clone(), str::to_owned)
}

/// Whether a host is a site's own or stands below it: `blog.example.com` of `example.com`.
pub fn is_of_site(host: &str, site: &str) -> bool {
    let below = host.strip_suffix(site);
    below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_holds_what_stands_below_it() {
        for (address, site, is) in [
            ("https://www.Tea.example/blog?x", "tea.example", true),
            ("http://blog.tea.example:80/", "tea.example", true),
            ("https://nottea.example/", "tea.example", false),
            ("https://example/", "tea.example", false),
        ] {
            assert_eq!(is_of_site(&host(address), site), is, "{address}");
        }
    }
}
