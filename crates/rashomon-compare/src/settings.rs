//! Which choices does the comparison leave to the user? All of them, with the values shipped.

/// Choices of the comparison; each is printed in the dossier where it took effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Children (and, for the grade, women, medics and journalists) are presumed civilians (rule N5p; methods.md E1).
    pub presume_children_civilian: bool,
    /// Below this confidence of *reading* a contradiction is a review task (rule V6). Starting value, not calibrated:
    /// methods.md asks for calibration on gold data.
    pub sure_reading: f32,
    /// Grade rule G3 also on a disputed status of the dead (the native convention; Airwars' word covers responsibility only).
    pub contested_status: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { presume_children_civilian: true, sure_reading: 0.5, contested_status: false }
    }
}
