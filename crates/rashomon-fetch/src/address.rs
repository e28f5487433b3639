//! May this address be contacted?
//!
//! Two questions. Is it written plainly: `http` or `https`, no user name, a host name or an address in its usual form, a usual
//! port? Numbers that some programs read as addresses (`2130706433`, `0x7f.1`, `0177.0.0.1`, `127.1`) are refused rather than
//! read. And is the number it stands for public? [`public`] follows the IANA special-purpose registries (RFC 6890, as of 2026)
//! and refuses the forms that carry an IPv4 address inside an IPv6 one (a network's own NAT64 prefix cannot be known).
//!
//! ```
//! use rashomon_fetch::address::{Address, public};
//! let url = Address::parse("https://talen.example/a?b=1#c").unwrap();
//! assert_eq!((url.host(), url.port(), url.target()), ("talen.example", 443, "/a?b=1"));
//! assert!(public("64:ff9b::7f00:1".parse().unwrap()).is_err());
//! ```

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A web address taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    tls: bool,
    host: String,
    literal: Option<IpAddr>,
    port: u16,
    target: String,
}

impl Address {
    /// Takes an address apart.
    ///
    /// # Errors
    /// Why it is none that is contacted: lower case, no full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err("white space, control characters or backslashes in the address".to_owned());
        }
        let (scheme, rest) = text.split_once("://").ok_or("no http:// or https:// address")?;
        let tls = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            other => return Err(format!("`{other}` is neither http nor https")),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        if authority.contains('@') {
            return Err("a user name or password in the address".to_owned());
        }
        let (host, port) = host_and_port(authority)?;
        // "host:" names the usual port (RFC 3986, 3.2.3)
        let port = match port.filter(|port| !port.is_empty()) {
            None => {
                if tls {
                    443
                } else {
                    80
                }
            }
            Some(port) if port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit()) => {
                port.parse().ok().filter(|port| *port > 0).ok_or("no such port")?
            }
            Some(_) => return Err("no such port".to_owned()),
        };
        let literal = literal(host)?;
        let target = target.split('#').next().unwrap_or("");
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
        Ok(Self { tls, host: host.to_ascii_lowercase(), literal, port, target: escaped(&target) })
    }

    /// The address a redirect leads to.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn join(&self, location: &str) -> Result<Self, String> {
        // servers send blanks, and browsers escape them
        let location = location.trim().replace(' ', "%20");
        let location = location.as_str();
        let begins_scheme = location.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        });
        if begins_scheme {
            return Self::parse(location);
        }
        let scheme = if self.tls { "https" } else { "http" };
        if location.starts_with("//") {
            return Self::parse(&format!("{scheme}:{location}"));
        }
        let path = self.target.split('?').next().unwrap_or("/");
        let target = match location.chars().next() {
            None | Some('#') => self.target.clone(),
            Some('/') => location.to_owned(),
            Some('?') => format!("{path}{location}"),
            Some(_) => format!("{}/{location}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        };
        Self::parse(&format!("{scheme}://{}{}", self.authority(), without_dots(&target)))
    }

    /// Whether the question is encrypted.
    #[must_use]
    pub fn tls(&self) -> bool {
        self.tls
    }

    /// Host name in lower case, or a literal address (an IPv6 one without brackets).
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The number, where the host is one.
    #[must_use]
    pub fn literal(&self) -> Option<IpAddr> {
        self.literal
    }

    /// Port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Path and query, as asked for.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Host, with the port where it is not the usual one: the `Host` field.
    #[must_use]
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == if self.tls { 443 } else { 80 } { host } else { format!("{host}:{}", self.port) }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}{}", if self.tls { "https" } else { "http" }, self.authority(), self.target)
    }
}

/// Splits `host:port`; an IPv6 host stands in brackets.
fn host_and_port(authority: &str) -> Result<(&str, Option<&str>), String> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']').ok_or("a bracket is not closed")?;
        return match after.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if after.is_empty() => Ok((host, None)),
            None => Err("something stands behind the bracket".to_owned()),
        };
    }
    match authority.split_once(':') {
        Some((_, port)) if port.contains(':') => {
            Err("more than one colon; an IPv6 address stands in brackets".to_owned())
        }
        Some((host, port)) => Ok((host, Some(port))),
        None => Ok((authority, None)),
    }
}

/// The number a host is, if it is one; an error where it is neither a plain name nor a plain number.
fn literal(host: &str) -> Result<Option<IpAddr>, String> {
    if host.contains(':') {
        // A zone (`fe80::1%eth0`) names an interface of this machine; the parser refuses it.
        return host
            .parse::<Ipv6Addr>()
            .map(|ip| Some(ip.into()))
            .map_err(|_| "no IPv6 address in brackets".to_owned());
    }
    if !host.is_ascii() {
        return Err("letters outside ASCII in the host; write it in its xn-- form".to_owned());
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let bare = host.strip_suffix('.').unwrap_or(host);
    if bare.is_empty() || bare.len() > 253 || !bare.split('.').all(label) {
        return Err("no host name".to_owned());
    }
    let last = bare.rsplit('.').next().unwrap_or("");
    let lower = last.to_ascii_lowercase();
    let numeric = last.bytes().all(|b| b.is_ascii_digit())
        || lower.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if !numeric {
        let local = ["localhost", "local", "internal", "localdomain", "home", "lan", "intranet", "corp", "onion"];
        if local.contains(&lower.as_str()) || !bare.contains('.') {
            return Err("a name of this machine or this network".to_owned());
        }
        return Ok(None);
    }
    // Rust's parser takes the dotted form of four decimal numbers without leading zeros only.
    host.parse::<Ipv4Addr>().map(|ip| Some(ip.into())).map_err(|_| "a number in an unusual form for a host".to_owned())
}

/// Path and query with everything escaped that must be (RFC 3986), escapes kept.
fn escaped(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'^' | b'|') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path without `.` and `..` (RFC 3986, 5.2.4).
fn without_dots(target: &str) -> String {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let mut kept: Vec<&str> = Vec::new();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        match *part {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                kept.pop();
                if last {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("/{}{query}", kept.join("/"))
}

/// Ranges of IPv4 that are not public, with what they are (IANA IPv4 Special-Purpose Address Registry).
const NOT_PUBLIC_4: &[([u8; 4], u8, &str)] = &[
    ([0, 0, 0, 0], 8, "this network"),
    ([10, 0, 0, 0], 8, "a private network"),
    ([100, 64, 0, 0], 10, "a carrier's network"),
    ([127, 0, 0, 0], 8, "this machine"),
    ([169, 254, 0, 0], 16, "this link, or a cloud's metadata service"),
    ([172, 16, 0, 0], 12, "a private network"),
    ([192, 0, 0, 0], 24, "protocol assignments"),
    ([192, 0, 2, 0], 24, "documentation"),
    ([192, 31, 196, 0], 24, "a sink for reverse lookups"),
    ([192, 52, 193, 0], 24, "multicast tunnels"),
    ([192, 88, 99, 0], 24, "6to4 relays"),
    ([192, 168, 0, 0], 16, "a private network"),
    ([192, 175, 48, 0], 24, "a sink for reverse lookups"),
    ([198, 18, 0, 0], 15, "measurements between networks"),
    ([198, 51, 100, 0], 24, "documentation"),
    ([203, 0, 113, 0], 24, "documentation"),
    ([224, 0, 0, 0], 4, "multicast"),
    ([240, 0, 0, 0], 4, "reserved"),
    // A cloud's own service with a public number (Azure's wire server).
    ([168, 63, 129, 16], 32, "a cloud's metadata service"),
];

/// Ranges of IPv6 that are public but for these (IANA IPv6 Special-Purpose Address Registry); outside 2000::/3 nothing is.
const NOT_PUBLIC_6: &[([u16; 8], u8, &str)] = &[
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "protocol assignments, Teredo, benchmarks, ORCHID"),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, "documentation"),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, "6to4"),
    ([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48, "a sink for reverse lookups"),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "documentation"),
];

/// Whether a number is a public one.
///
/// # Errors
/// What it is instead.
pub fn public(ip: IpAddr) -> Result<(), String> {
    let no = |what: &str| Err(format!("{ip} is not public: {what}"));
    match ip {
        IpAddr::V4(four) => {
            let bits = u32::from(four);
            for (net, length, what) in NOT_PUBLIC_4 {
                let mask = u32::MAX << (32 - length);
                if bits & mask == u32::from_be_bytes(*net) & mask {
                    return no(what);
                }
            }
            Ok(())
        }
        IpAddr::V6(six) => {
            // Outside global unicast there are loopback, mapped and compatible IPv4, NAT64, ULA, link-local, multicast.
            if six.segments()[0] & 0xe000 != 0x2000 {
                let what = match six.segments() {
                    [0, 0, 0, 0, 0, 0, 0, 1] => "this machine",
                    [0, 0, 0, 0, 0, 0xffff, ..] | [0, 0, 0, 0, 0, 0, ..] | [0, 0, 0, 0, 0xffff, 0, ..] => {
                        "an IPv4 address inside"
                    }
                    [0x64, 0xff9b, ..] => "NAT64",
                    [first, ..] if first & 0xfe00 == 0xfc00 => "a private network",
                    [first, ..] if first & 0xffc0 == 0xfe80 => "this link",
                    [first, ..] if first & 0xff00 == 0xff00 => "multicast",
                    _ => "outside global unicast",
                };
                return no(what);
            }
            let bits = u128::from(six);
            for (net, length, what) in NOT_PUBLIC_6 {
                let mask = u128::MAX << (128 - u32::from(*length));
                if bits & mask == u128::from(Ipv6Addr::from(*net)) & mask {
                    return no(what);
                }
            }
            // ISATAP and other forms that end in an IPv4 address behind a known mark.
            let [.., five, six_, seven, eight] = six.segments();
            if matches!(five, 0 | 0x200) && six_ == 0x5efe {
                let inner = Ipv4Addr::from(u32::from(seven) << 16 | u32::from(eight));
                return public(inner.into()).or_else(|_| no("an IPv4 address inside"));
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_joined_as_browsers_do() {
        let base = Address::parse("https://talen.example/a/b?c").unwrap();
        for (location, expected) in [
            ("/x", "https://talen.example/x"),
            ("x", "https://talen.example/a/x"),
            ("../x", "https://talen.example/x"),
            ("../../../x", "https://talen.example/x"),
            ("?d", "https://talen.example/a/b?d"),
            ("//other.example/x", "https://other.example/x"),
            ("http://other.example:80/x#y", "http://other.example/x"),
            ("", "https://talen.example/a/b?c"),
            ("/ä b", "https://talen.example/%C3%A4%20b"),
        ] {
            let joined = base.join(location).map(|a| a.to_string());
            assert_eq!(joined.as_deref(), Ok(expected), "{location}");
        }
        assert!(base.join("http://a b.example/").is_err(), "a blank is no part of a name");
        assert!(base.join("javascript:alert(1)").is_err() && base.join("file:///etc/passwd").is_err());
    }

    #[test]
    fn a_port_left_empty_is_the_usual_one() {
        for (text, expected) in [
            ("http://talen.example:/a", "http://talen.example/a"),
            ("HTTPS://talen.example:", "https://talen.example/"),
            ("https://[2606:4700::1111]:/", "https://[2606:4700::1111]/"),
        ] {
            assert_eq!(Address::parse(text).map(|a| a.to_string()).as_deref(), Ok(expected), "{text}");
        }
        assert!(
            Address::parse("http://talen.example:0/").is_err() && Address::parse("http://talen.example:+80/").is_err()
        );
    }

    #[test]
    fn public_numbers_pass() {
        for ip in ["1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"] {
            assert_eq!(public(ip.parse().unwrap()), Ok(()), "{ip}");
        }
    }
}
