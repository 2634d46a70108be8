//! Owns the months' names as newspapers write them, by the beginnings that tell them apart.

/// Beginnings of names, January first. Where a beginning is short, the whole word must be that (see [`month_of`]).
const NAMES: [&str; 12] = [
    "january januar jänner jan janv janvier enero ene gennaio gen janeiro januari janúar jaanuar janvāris sausio stycznia styczeń sty leden ledna január január ianuarie ocak января январь янв січня січень ιανουαρίου ιανουάριος tammikuuta tammikuu siječnja siječanj januara janara janari يناير ינואר जनवरी มกราคม",
    "february februar feber feb févr février fevrier fév febrero febbraio fevereiro fev februari febrúar veebruar februāris vasario lutego luty lut únor února február februarie şubat февраля февраль фев лютого лютий φεβρουαρίου φεβρουάριος helmikuuta helmikuu veljače veljača februara فبراير פברואר फरवरी กุมภาพันธ์",
    "march märz maerz mär mar mrz mars marzo março marco maart marts mart márc március march marec marca marzec marts kovo březen března martie марта март мар березня березень μαρτίου μάρτιος maaliskuuta maaliskuu ožujka ožujak märts مارس מרץ मार्च มีนาคม",
    "april apr avril avr abril abr aprile aprīlis kwietnia kwiecień kwi duben dubna apríl április aprilie nisan апреля апрель апр квітня квітень απριλίου απρίλιος huhtikuuta huhtikuu travnja travanj balandžio aprill aprila أبريل אפריל अप्रैल เมษายน",
    "may mai mayo maggio mag maio mei maj maja května květen máj május mayıs мая май травня травень μαΐου μαΐου μάιος toukokuuta toukokuu svibnja svibanj gegužės maijs maí مايو מאי मई พฤษภาคม",
    "june juni jun juin junio giugno giu junho júní june czerwca czerwiec cze červen června jún június iunie haziran июня июнь июн червня червень ιουνίου ιούνιος kesäkuuta kesäkuu lipnja lipanj birželio jūnijs juuni يونيو יוני जून มิถุนายน",
    "july juli jul juil juillet julio luglio lug julho júlí lipca lipiec lip červenec července júl július iulie temmuz июля июль июл липня липень ιουλίου ιούλιος heinäkuuta heinäkuu srpnja srpanj liepos jūlijs juuli يوليو יולי जुलाई กรกฎาคม",
    "august aug août aout agosto ago augustus augusti ágúst sierpnia sierpień sie srpen srpna augusztus ağustos августа август авг серпня серпень αυγούστου αύγουστος elokuuta elokuu kolovoza kolovoz rugpjūčio augusts أغسطس אוגוסט अगस्त สิงหาคม",
    "september sept sep septembre septiembre setiembre settembre set setembro septembris wrzesień września wrz září szeptember septembrie eylül сентября сентябрь сен вересня вересень σεπτεμβρίου σεπτέμβριος syyskuuta syyskuu rujna rujan rugsėjo septembra سبتمبر ספטמבר सितंबर กันยายน",
    "october oktober okt oct octobre octubre ottobre ott outubro out október oktoober oktobris październik października paź říjen října octombrie ekim октября октябрь окт жовтня жовтень οκτωβρίου οκτώβριος lokakuuta lokakuu spalio oktobra أكتوبر אוקטובר अक्टूबर ตุลาคม",
    "november nov novembre noviembre novembro nóvember novembris listopad listopadu listopada noiembrie kasım ноября ноябрь ноя листопада листопад νοεμβρίου νοέμβριος marraskuuta marraskuu studenoga studeni lapkričio novembra نوفمبر נובמבר नवंबर พฤศจิกายน",
    "december dezember dez dec déc décembre decembre diciembre dic dicembre dezembro desember des detsember decembris grudzień grudnia gru prosinec prosince aralık декабря декабрь дек грудня грудень δεκεμβρίου δεκέμβριος joulukuuta joulukuu prosinca prosinac gruodžio decembrie decembra ديسمبر דצמבר दिसंबर ธันวาคม",
];

/// The month (1–12) that a lower-case word names in any language of the table; "listopad(a)" is Polish and Czech November.
///
pub(crate) fn month_of(word: &str) -> Option<i8> {
    let word: String = word.chars().filter(|c| *c != '\u{301}').collect();
    for (number, names) in (1i8..).zip(NAMES) {
        if names.split(' ').any(|name| name == word) {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_their_languages() {
        for (word, month) in
            [("mai", 5), ("march", 3), ("août", 8), ("января", 1), ("grudnia", 12), ("mars", 3)]
        {
            assert_eq!(month_of(word), Some(month), "{word}");
        }
        assert_eq!(month_of("monday"), None);
        assert_eq!(month_of(""), None);
    }
}
