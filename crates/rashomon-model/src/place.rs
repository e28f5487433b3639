//! Where on earth? Places, candidates and toponyms.

use crate::id::PlaceId;
use crate::span::Span;

/// A place as a gazetteer (or the text's own context) knows it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// `geonames:…`, `user:…`, `context:…`.
    pub id: PlaceId,
    /// Name to show.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// `village`, `town`, `city`, `admin1`, `admin2`, `country`, `sea`, `region`, `facility`, `unlisted`.
    pub kind: String,
    /// Inhabitants, 0 if not recorded.
    pub population: u64,
    /// Containing units by name, narrowest first ("Homs", "Syria").
    pub within: Vec<String>,
    /// Containing units by id, narrowest first.
    pub within_ids: Vec<PlaceId>,
    /// Precision radius in kilometres.
    pub radius_km: f64,
}

impl Place {
    /// Whether it is an area (a division, country, region or sea) rather than a spot.
    #[must_use]
    pub fn is_area(&self) -> bool {
        matches!(self.kind.as_str(), "admin1" | "admin2" | "country" | "region" | "sea")
    }

    /// Whether it comes from a list the user gave.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.id.as_str().starts_with("user:")
    }
}

/// A place a name may mean, with score and reason.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    /// The place.
    pub place: Place,
    /// 0..=1, higher is better; comparable only within one look-up.
    pub score: f64,
    /// Why it is a candidate: what matched and what speaks for it.
    pub why: String,
}

/// What a look-up asks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceQuery {
    /// The name and other spellings or scripts of it; at least one.
    pub names: Vec<String>,
    /// Country by name or ISO 3166 alpha-2 code, if known.
    pub country: Option<String>,
    /// First-order division by name, if known.
    pub admin: Option<String>,
    /// A point (latitude, longitude) the place is thought to be near.
    pub near: Option<(f64, f64)>,
}

/// A place name in a text, resolved or not.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Toponym {
    /// Where it is named.
    pub span: Span,
    /// The name as looked up (without "town of", "province").
    pub name: String,
    /// The place chosen; `None` if unresolved.
    pub place: Option<Place>,
    /// Kilometres of uncertainty as written here ("near X" = X + 10 km, methods.md E4); at least the place's own.
    pub radius_km: f64,
    /// Why this place.
    pub why: String,
    /// Alternatives considered, best first.
    pub candidates: Vec<Candidate>,
}

/// Great-circle distance in kilometres on a sphere of 6,371 km.
#[must_use]
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
