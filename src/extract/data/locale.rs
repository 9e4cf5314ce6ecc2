//! Owns which files of data are translations, and into what language, by their names: `locales/de.json`,
//! `messages.fr.yml`, `shop-pt_BR.po`, `i18n/nl/home.json`.

/// Folders of translations.
const FOLDERS: &str = "i18n intl l10n lang langs language languages lc_messages locale locales messages translation translations";

/// Codes of languages and their names.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fil", "Filipino"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("ms", "Malay"),
    ("nb", "Norwegian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

/// Whether a folder of this name holds translations.
pub fn holds_translations(folder: &str) -> bool {
    let lower = folder.to_ascii_lowercase();
    FOLDERS.split_ascii_whitespace().any(|known| known == lower)
}

/// The language other than English that a file of this name is a translation into.
pub fn translation(name: &str) -> Option<&'static str> {
    let mut parts = name.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let (stem, ending) = file.rsplit_once('.')?;
    let folders: Vec<&str> = parts.collect();
    let below = folders.iter().any(|folder| holds_translations(folder));
    let whole = || language(stem).filter(|_| below || stem.len() > 3 || ending == "po");
    // `hugo.clinic.co.uk.yaml` has the name of a site.
    let dotted = || {
        let (of, code) = stem.rsplit_once('.')?;
        language(code).filter(|_| below || !of.contains('.'))
    };
    let joined = || language(stem.rsplit_once('-')?.1).filter(|_| ending == "po" || below);
    let folder = || {
        folders
            .iter()
            .filter(|_| below)
            .find_map(|folder| language(folder))
    };
    whole().or_else(dotted).or_else(joined).or_else(folder)
}

/// Whether a file of this name holds the English texts of a site: `locales/en.ts`.
pub(in crate::extract) fn is_english_texts(name: &str) -> bool {
    let mut parts = name.rsplit(['/', '\\']);
    let stem = parts.next().and_then(|file| file.split('.').next());
    let folder = parts.next().unwrap_or_default().to_ascii_lowercase();
    stem.is_some_and(is_english) && FOLDERS.split_ascii_whitespace().any(|known| known == folder)
}

/// Whether messages under this key are in English: `en`, `en-GB`.
pub(in crate::extract) fn is_english(key: &str) -> bool {
    key.split(['-', '_']).next() == Some("en")
}

/// The language of a code: `de`, `de-AT`, `pt_BR`, `zh-Hans`.
fn language(code: &str) -> Option<&'static str> {
    let (base, region) = code.split_once(['-', '_']).unwrap_or((code, ""));
    let is_region =
        matches!(region.len(), 0 | 2 | 4) && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    let known = LANGUAGES.iter().find(|(known, _)| *known == base);
    known.filter(|_| is_region).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_translations() {
        for (name, language) in [
            ("locales/de.json", "German"),
            ("src/i18n/pt-BR.json", "Portuguese"),
            ("de-AT.yml", "German"),
            ("config/locales/devise.fr.yml", "French"),
            ("config/locales/devise.views.fr.yml", "French"),
            ("messages.fr.yml", "French"),
            ("messages.zh-Hans.json", "Chinese"),
            ("languages/shop-nl_NL.po", "Dutch"),
            ("sv.po", "Swedish"),
            ("locale/it/LC_MESSAGES/shop.po", "Italian"),
            ("i18n/nl/home.json", "Dutch"),
            ("languages/shop-pt_BR.json", "Portuguese"),
        ] {
            assert_eq!(translation(name), Some(language), "{name}");
        }
        for name in [
            "locales/en.json",
            "locales/en-GB.json",
            "en.default.json",
            "shop-en_US.po",
            "hugo.clinic.co.uk.yaml",
            "data/it.json",
            "data/no.yml",
            "de/team.json",
            "locales/home.json",
            "tea.json",
            "de",
        ] {
            assert_eq!(translation(name), None, "{name}");
        }
    }
}
