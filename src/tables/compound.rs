//! OLE compound files, the container of .xls and of everything that Office encrypts.
//!
//! The reader of .xls follows the chains of sectors as the file draws them; a chain that bites its own tail would fill
//! the memory. So every chain is followed here first.

use super::refusal::Refusal;

/// The first bytes of a compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const DIFAT_MARK: u32 = 0xFFFF_FFFC;
const ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;
const MINI_STREAM_BELOW: u64 = 4096;

/// A compound file whose chains have been followed.
#[derive(Debug)]
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_sectors: Vec<u32>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    /// Reads the directory of a compound file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(Refusal::Corrupt),
        };
        if bytes.len() < sector {
            return Err(Refusal::Corrupt);
        }
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_sectors: Vec::new(),
            entries: Vec::new(),
        };
        file.fat = file.read_fat()?;
        let directory = file.joined(&file.chain(u32_at(bytes, 48)?)?)?;
        file.entries =
            directory.chunks_exact(ENTRY).map(|entry| Entry::parse(entry, sector)).collect::<Result<_, _>>()?;
        let root = file.entries.first().ok_or(Refusal::Corrupt)?.start;
        if u32_at(bytes, 64)? > 0 {
            file.mini_fat = numbers(&file.joined(&file.chain(u32_at(bytes, 60)?)?)?);
            file.mini_sectors = file.chain(root)?;
        }
        Ok(file)
    }

    /// Whether there is a stream or storage of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The bytes of a stream, as the places of its pieces in the file.
    pub(super) fn stream(&self, name: &str) -> Result<Stream, Refusal> {
        let entry = self.entry(name).ok_or(Refusal::Corrupt)?;
        if entry.size > self.bytes.len() as u64 {
            return Err(Refusal::Corrupt);
        }
        let size = usize::try_from(entry.size).map_err(|_| Refusal::Corrupt)?;
        let (piece, places) = if entry.size < MINI_STREAM_BELOW {
            (MINI_SECTOR, self.mini_places(entry.start)?)
        } else {
            (self.sector, self.chain(entry.start)?.iter().map(|id| self.place(*id)).collect())
        };
        if places.len().saturating_mul(piece) < size {
            return Err(Refusal::Corrupt);
        }
        Stream::gather(self.bytes, &places, piece, size)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn place(&self, id: u32) -> usize {
        (id as usize + 1).saturating_mul(self.sector)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    fn read_fat(&self) -> Result<Vec<u32>, Refusal> {
        let mut ids = numbers(self.bytes.get(76..512).ok_or(Refusal::Corrupt)?);
        let mut next = u32_at(self.bytes, 68)?;
        let mut followed = 0;
        while next < FIRST_MARK {
            followed += 1;
            if followed > self.sectors() {
                return Err(Refusal::Corrupt);
            }
            ids.extend(numbers(self.sector(next)?));
            next = ids.pop().ok_or(Refusal::Corrupt)?;
        }
        ids.retain(|id| *id < DIFAT_MARK);
        if ids.len() > self.sectors() {
            return Err(Refusal::Corrupt);
        }
        ids.iter().map(|id| self.sector(*id).map(numbers)).collect::<Result<Vec<_>, _>>().map(|fat| fat.concat())
    }

    fn sector(&self, id: u32) -> Result<&'a [u8], Refusal> {
        let place = self.place(id);
        let end = place.saturating_add(self.sector).min(self.bytes.len());
        self.bytes.get(place..end).ok_or(Refusal::Corrupt)
    }

    fn chain(&self, start: u32) -> Result<Vec<u32>, Refusal> {
        follow(start, &self.fat, self.sectors())
    }

    fn joined(&self, ids: &[u32]) -> Result<Vec<u8>, Refusal> {
        ids.iter().map(|id| self.sector(*id)).collect::<Result<Vec<_>, _>>().map(|sectors| sectors.concat())
    }

    fn mini_places(&self, start: u32) -> Result<Vec<usize>, Refusal> {
        let per_sector = self.sector / MINI_SECTOR;
        follow(start, &self.mini_fat, self.mini_sectors.len().saturating_mul(per_sector))?
            .iter()
            .map(|id| {
                let id = *id as usize;
                let sector = self.mini_sectors.get(id / per_sector).ok_or(Refusal::Corrupt)?;
                Ok(self.place(*sector) + id % per_sector * MINI_SECTOR)
            })
            .collect()
    }
}

/// Follows a chain to its end; a chain longer than there are sectors bites its own tail.
fn follow(start: u32, table: &[u32], most: usize) -> Result<Vec<u32>, Refusal> {
    let mut ids = Vec::new();
    let mut id = start;
    while id < FIRST_MARK {
        if ids.len() > most {
            return Err(Refusal::Corrupt);
        }
        ids.push(id);
        id = *table.get(id as usize).ok_or(Refusal::Corrupt)?;
    }
    Ok(ids)
}

impl Entry {
    fn parse(bytes: &[u8], sector: usize) -> Result<Self, Refusal> {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .take(32)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .take_while(|unit| *unit != 0)
            .collect();
        let low = u64::from(u32_at(bytes, 120)?);
        let high = if sector == 512 { 0 } else { u64::from(u32_at(bytes, 124)?) };
        Ok(Self { name: String::from_utf16_lossy(&units), start: u32_at(bytes, 116)?, size: high << 32 | low })
    }
}

/// A stream of a compound file.
#[derive(Debug)]
pub(super) struct Stream {
    /// The bytes, joined.
    pub(super) bytes: Vec<u8>,
    places: Vec<usize>,
    piece: usize,
}

impl Stream {
    fn gather(file: &[u8], places: &[usize], piece: usize, size: usize) -> Result<Self, Refusal> {
        let mut bytes = Vec::with_capacity(size);
        for place in places {
            let left = size - bytes.len();
            let end = place.saturating_add(piece.min(left));
            bytes.extend_from_slice(file.get(*place..end).ok_or(Refusal::Corrupt)?);
        }
        Ok(Self { bytes, places: places.to_vec(), piece })
    }

    /// Where a byte of the stream stands in the file.
    pub(super) fn place_in_file(&self, offset: usize) -> Option<usize> {
        self.places.get(offset / self.piece).map(|place| place + offset % self.piece)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes).ok_or(Refusal::Corrupt)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes).ok_or(Refusal::Corrupt)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
