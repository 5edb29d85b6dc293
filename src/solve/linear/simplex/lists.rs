//! Lists in flat arrays: written once, growing, and by a count.

const NONE: u32 = u32::MAX;

/// Lists of entries one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub(super) start: Vec<u32>,
    pub(super) index: Vec<u32>,
    pub(super) value: Vec<f64>,
}

impl Lists {
    pub(super) fn clear(&mut self) {
        self.start.clear();
        self.start.push(0);
        self.index.clear();
        self.value.clear();
    }

    pub(super) fn push(&mut self, index: u32, value: f64) {
        self.index.push(index);
        self.value.push(value);
    }

    pub(super) fn close(&mut self) {
        self.start.push(self.index.len() as u32);
    }

    pub(super) fn list(&self, at: usize) -> (&[u32], &[f64]) {
        let range = self.start[at] as usize..self.start[at + 1] as usize;
        (&self.index[range.clone()], &self.value[range])
    }

    pub(super) fn is_empty(&self, at: usize) -> bool {
        self.start[at] == self.start[at + 1]
    }

    /// For each index of `from` below `count`, where it stands and with which value.
    pub(super) fn transpose(&mut self, from: &Lists, count: usize, next: &mut Vec<u32>) {
        self.start.clear();
        self.start.resize(count + 1, 0);
        for &index in &from.index {
            self.start[index as usize + 1] += 1;
        }
        for at in 0..count {
            self.start[at + 1] += self.start[at];
        }
        next.clear();
        next.extend_from_slice(&self.start);
        self.index.clear();
        self.index.resize(from.index.len(), 0);
        self.value.clear();
        self.value.resize(from.index.len(), 0.0);
        for at in 0..from.start.len() - 1 {
            let (indices, values) = from.list(at);
            for (&index, &value) in indices.iter().zip(values) {
                let place = &mut next[index as usize];
                self.index[*place as usize] = at as u32;
                self.value[*place as usize] = value;
                *place += 1;
            }
        }
    }
}

/// Lists of indices with room to grow.
#[derive(Clone, Debug, Default)]
pub(super) struct Segments {
    pub(super) start: Vec<u32>,
    pub(super) count: Vec<u32>,
    pub(super) room: Vec<u32>,
    pub(super) index: Vec<u32>,
}

impl Segments {
    pub(super) fn clear(&mut self, lists: usize) {
        for list in [&mut self.start, &mut self.count, &mut self.room] {
            list.clear();
            list.resize(lists, 0);
        }
    }

    /// Puts the lists one after the other, each with its room.
    pub(super) fn place(&mut self) {
        let mut end = 0;
        for (start, room) in self.start.iter_mut().zip(&self.room) {
            *start = end;
            end += room;
        }
        self.index.clear();
        self.index.resize(end as usize, 0);
    }

    pub(super) fn end(&self, list: usize) -> usize {
        (self.start[list] + self.count[list]) as usize
    }

    pub(super) fn range(&self, list: usize) -> std::ops::Range<usize> {
        self.start[list] as usize..self.end(list)
    }

    pub(super) fn remove(&mut self, list: usize, index: u32) {
        let range = self.range(list);
        if let Some(at) = range.clone().find(|&at| self.index[at] == index) {
            self.index[at] = self.index[range.end - 1];
            self.count[list] -= 1;
        }
    }

    /// Room for one more; says where the list was before if it had to move to the end.
    pub(super) fn make_room(&mut self, list: usize) -> Option<usize> {
        let (count, room) = (self.count[list], self.room[list]);
        if count < room {
            return None;
        }
        let (from, to) = (self.start[list] as usize, self.index.len());
        let room = 2 * room.max(2);
        self.index.resize(to + room as usize, 0);
        self.index.copy_within(from..from + count as usize, to);
        (self.start[list], self.room[list]) = (to as u32, room);
        Some(from)
    }
}

/// Members by a count that each has.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    pub(super) first: Vec<u32>,
    pub(super) next: Vec<u32>,
    pub(super) before: Vec<u32>,
    pub(super) count: Vec<u32>,
    pub(super) most: u32,
}

impl Buckets {
    pub(super) fn clear(&mut self, members: usize, counts: usize) {
        self.first.clear();
        self.first.resize(counts, NONE);
        for list in [&mut self.next, &mut self.before, &mut self.count] {
            list.clear();
            list.resize(members, NONE);
        }
        self.most = 0;
    }

    pub(super) fn has(&self, member: u32) -> bool {
        self.count[member as usize] != NONE
    }

    pub(super) fn put(&mut self, member: u32, count: u32) {
        if self.count[member as usize] == count {
            return;
        }
        self.take(member);
        let first = std::mem::replace(&mut self.first[count as usize], member);
        if first != NONE {
            self.before[first as usize] = member;
        }
        self.next[member as usize] = first;
        self.before[member as usize] = NONE;
        self.count[member as usize] = count;
        self.most = self.most.max(count);
    }

    pub(super) fn take(&mut self, member: u32) {
        let count = self.count[member as usize];
        if count == NONE {
            return;
        }
        let (before, next) = (self.before[member as usize], self.next[member as usize]);
        if before == NONE {
            self.first[count as usize] = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
        self.count[member as usize] = NONE;
    }

    pub(super) fn first(&self, count: u32) -> u32 {
        self.first.get(count as usize).copied().unwrap_or(NONE)
    }

    pub(super) fn next(&self, member: u32) -> u32 {
        self.next[member as usize]
    }

    /// No member has more.
    pub(super) fn most(&self) -> u32 {
        self.most
    }
}
