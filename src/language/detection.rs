//! Which language a text is written in.

/// The language of a text as BCP-47 primary subtag; none in doubt.
pub fn detect(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    info.is_reliable()
        .then(|| info.lang())
        .map(|lang| match lang {
            whatlang::Lang::Eng => "en",
            whatlang::Lang::Deu => "de",
            whatlang::Lang::Fra => "fr",
            whatlang::Lang::Rus => "ru",
            whatlang::Lang::Jpn => "ja",
            _ => "und",
        })
        .filter(|&language| language != "und")
}
