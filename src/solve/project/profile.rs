//! Free capacity over time, several resources in one machine word.
//!
//! Each resource has a lane of 16 bits (32 where a capacity is above 32,767); the highest bit of a
//! lane is a guard that stays set. Subtracting what a task uses borrows a guard exactly where a
//! resource is short: one subtraction and one comparison judge four resources.

/// How resources are laid into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    bits: u32,
    guard: u64,
}

impl Lanes {
    /// Lanes for these capacities.
    pub fn for_capacities(capacities: &[u32]) -> Lanes {
        match capacities.iter().all(|&capacity| capacity <= 32_767) {
            true => Lanes { bits: 16, guard: 0x8000_8000_8000_8000 },
            false => Lanes { bits: 32, guard: 0x8000_0000_8000_0000 },
        }
    }

    /// Words that so many resources need.
    pub fn words(self, resources: usize) -> usize {
        resources.div_ceil((64 / self.bits) as usize).max(1)
    }

    /// Amounts in words. Amounts must fit below the guard.
    pub fn pack<const W: usize>(self, amounts: &[u32]) -> [u64; W] {
        let mut words = [0; W];
        let per_word = (64 / self.bits) as usize;
        for (at, &amount) in amounts.iter().enumerate() {
            words[at / per_word] |= u64::from(amount) << (self.bits * (at % per_word) as u32);
        }
        words
    }
}

/// Free capacity in each slot of time.
///
/// ```
/// use shotplan::solve::project::profile::{Lanes, Profile};
/// let lanes = Lanes::for_capacities(&[4, 2]);
/// let mut profile: Profile<1> = Profile::new(lanes, &[4, 2], 10);
/// let task = lanes.pack(&[3, 1]);
/// assert_eq!(profile.place(0, 5, &task), 0); // works in 0..5
/// assert_eq!(profile.place(0, 2, &task), 5); // 3 + 3 > 4: after it
/// assert_eq!(profile.place(1, 3, &lanes.pack(&[1, 1])), 1); // beside it
/// ```
#[derive(Clone, Debug)]
pub struct Profile<const W: usize> {
    free: Vec<[u64; W]>,
    full: [u64; W],
    guard: u64,
    touched: usize,
}

impl<const W: usize> Profile<W> {
    /// A free profile of so many slots.
    pub fn new(lanes: Lanes, capacities: &[u32], slots: usize) -> Profile<W> {
        let full = lanes.pack::<W>(capacities).map(|word| word | lanes.guard);
        Profile { free: vec![full; slots], full, guard: lanes.guard, touched: 0 }
    }

    /// Frees all slots.
    pub fn clear(&mut self) {
        self.free[..self.touched].fill(self.full);
        self.touched = 0;
    }

    #[inline]
    fn fits(guard: u64, slot: &[u64; W], uses: &[u64; W]) -> bool {
        let mut kept = guard;
        for word in 0..W {
            kept &= slot[word] - uses[word];
        }
        kept == guard
    }

    /// The first start from `earliest` at which a task of `duration` slots finds what it uses.
    #[inline]
    pub fn first_fit(&mut self, earliest: usize, duration: usize, uses: &[u64; W]) -> usize {
        let (mut start, mut unseen) = (earliest, earliest);
        loop {
            let end = start + duration;
            if end > self.free.len() {
                self.free.resize(end, self.full);
            }
            // From the end backwards: a conflict there moves the start furthest.
            let conflict =
                self.free[unseen..end].iter().rposition(|slot| !Self::fits(self.guard, slot, uses));
            match conflict {
                None => return start,
                Some(at) => (start, unseen) = (unseen + at + 1, end),
            }
        }
    }

    /// Takes what a task uses from its slots.
    #[inline]
    pub fn take(&mut self, start: usize, duration: usize, uses: &[u64; W]) {
        let end = start + duration;
        for slot in &mut self.free[start..end] {
            for word in 0..W {
                slot[word] -= uses[word];
            }
        }
        self.touched = self.touched.max(end);
    }

    /// Gives back what a task used.
    #[inline]
    pub fn give(&mut self, start: usize, duration: usize, uses: &[u64; W]) {
        for slot in &mut self.free[start..start + duration] {
            for word in 0..W {
                slot[word] += uses[word];
            }
        }
    }

    /// Places a task at its first fit and gives its start.
    #[inline]
    pub fn place(&mut self, earliest: usize, duration: usize, uses: &[u64; W]) -> usize {
        let start = self.first_fit(earliest, duration, uses);
        self.take(start, duration, uses);
        start
    }
}
