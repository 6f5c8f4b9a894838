//! Dates as spreadsheets keep them: serial numbers and ISO texts.

use jiff::civil::DateTime;

use super::owned_value::OwnedValue;

/// An ISO date or date with time, «2013-05-04T00:00:00.000»; a time alone is a text.
pub(super) fn iso(text: &str) -> OwnedValue {
    let text = text.trim().trim_end_matches('Z');
    match text.parse::<DateTime>() {
        Ok(moment) => of_calendar(moment),
        Err(_) => match text.parse::<jiff::civil::Date>() {
            Ok(date) => OwnedValue::Date(date.at(0, 0, 0, 0)),
            Err(_) => OwnedValue::Text(text.to_owned()),
        },
    }
}

/// A serial number that is shown as a date, already told from which epoch it counts.
pub(super) fn serial(serial: &calamine::ExcelDateTime) -> OwnedValue {
    let number = serial.as_f64();
    if serial.is_duration() || !(0.0..2_958_466.0).contains(&number) {
        return OwnedValue::Number(number);
    }
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    if number < 1.0 {
        return OwnedValue::Text(format!("{hour}:{minute:02}"));
    }
    let narrow = |part: u8| i8::try_from(part).unwrap_or(0);
    DateTime::new(
        i16::try_from(year).unwrap_or(0),
        narrow(month),
        narrow(day),
        narrow(hour),
        narrow(minute),
        narrow(second),
        i32::from(milli) * 1_000_000,
    )
    .map_or(OwnedValue::Number(number), OwnedValue::Date)
}

/// A moment of a calendar: before 1900 a spreadsheet has only times of the day.
fn of_calendar(moment: DateTime) -> OwnedValue {
    if moment.year() < 1900 {
        OwnedValue::Text(format!("{}:{:02}", moment.hour(), moment.minute()))
    } else {
        OwnedValue::Date(moment)
    }
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::{OwnedValue, iso, serial};

    fn shown(value: OwnedValue) -> String {
        match value {
            OwnedValue::Date(date) => crate::school::dotted(date.date()),
            OwnedValue::Number(number) => number.to_string(),
            OwnedValue::Text(text) => text,
            other => panic!("{other:?} is no moment"),
        }
    }

    #[track_caller]
    fn check_iso(text: &str, expected: &str) {
        assert_eq!(shown(iso(text)), expected);
    }

    #[track_caller]
    fn check_serial(number: f64, is_1904: bool, expected: &str) {
        let cell = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904);
        assert_eq!(shown(serial(&cell)), expected);
    }

    #[test]
    fn iso_texts() {
        check_iso("2013-05-04T00:00:00.000", "04.05.2013");
        check_iso("2013-05-04", "04.05.2013");
        check_iso("1899-12-31T09:05:00", "9:05");
        check_iso("скоро", "скоро");
    }

    #[test]
    fn serial_numbers() {
        check_serial(41_398.0, false, "04.05.2013");
        check_serial(39_936.0, true, "04.05.2013");
        check_serial(0.5, false, "12:00");
        check_serial(60.0, false, "60");
        check_serial(-3.0, false, "-3");
        check_serial(1e12, false, "1000000000000");
    }
}
