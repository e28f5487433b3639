#![no_main]

use rashomon_fetch::address::{Address, public};
use rashomon_fetch::robots::Rules;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (url, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Ok(address) = Address::parse(url) {
        // What is written again is the same address, and hides no number of this machine.
        let again = Address::parse(&address.to_string()).unwrap();
        assert_eq!(again, address);
        if let Ok(ip) = address.host().parse::<std::net::IpAddr>() {
            assert_eq!(address.literal(), Some(ip));
            let _ = public(ip);
        }
        let _ = address.join(rest);
    }
    let rules = Rules::parse(rest);
    let _ = rules.allow(url);
});
