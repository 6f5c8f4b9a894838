//! Dates as spreadsheets keep them: serial numbers and ISO texts.

use jiff::civil::DateTime;

use super::cells::Value;

/// The value of an ISO date or date with time, «2013-05-04T00:00:00.000»; a time alone becomes a text.
pub(super) fn iso_value(text: &str) -> Value {
    let text = text.trim().trim_end_matches('Z');
    match text.parse::<DateTime>() {
        Ok(moment) => value(moment),
        Err(_) => match text.parse::<jiff::civil::Date>() {
            Ok(date) => Value::Date(date.at(0, 0, 0, 0)),
            Err(_) => Value::Text(text.to_owned()),
        },
    }
}

/// A moment as a value: before 1900 a spreadsheet has only times of the day.
pub(super) fn value(moment: DateTime) -> Value {
    if moment.year() < 1900 {
        Value::Text(format!("{}:{:02}", moment.hour(), moment.minute()))
    } else {
        Value::Date(moment)
    }
}

/// The value of a serial number that is shown as a date, already told from which epoch it counts.
pub(super) fn serial_value(serial: &calamine::ExcelDateTime) -> Value {
    let number = serial.as_f64();
    if serial.is_duration() || !(0.0..2_958_466.0).contains(&number) {
        return Value::Number(number);
    }
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    if number < 1.0 {
        return Value::Text(format!("{hour}:{minute:02}"));
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
    .map_or(Value::Number(number), Value::Date)
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::{iso_value, serial_value};

    #[track_caller]
    fn check_iso(text: &str, expected: &str) {
        assert_eq!(iso_value(text).text(), expected);
    }

    #[track_caller]
    fn check_serial(number: f64, is_1904: bool, expected: &str) {
        assert_eq!(serial_value(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904)).text(), expected);
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
