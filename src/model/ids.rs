//! Ids: one type for each kind of thing, and a vector that only the right id can open.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A dense number that stands for one row of one table of a [`Production`](super::Production).
pub trait Id: Copy + Ord + std::hash::Hash + fmt::Debug {
    /// The id of the row at `index`.
    fn new(index: usize) -> Self;
    /// The row this id stands for.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);
        impl Id for $name {
            fn new(index: usize) -> Self { $name(index as u32) }
            fn index(self) -> usize { self.0 as usize }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "#{}"), self.0)
            }
        }
    )*};
}

ids! {
    /// A place with its own time zone, day length and public holidays.
    SiteId,
    /// A working week with exceptions.
    CalendarId,
    /// Layout, animation, FX, comp …
    DepartmentId,
    /// A named artist, or one head of a placeholder.
    PersonId,
    /// A show of the production.
    ShowId,
    /// A sequence of a show.
    SequenceId,
    /// A shot of a sequence.
    ShotId,
    /// An asset: character, prop, environment, FX setup …
    AssetId,
    /// The work of one department on one shot, asset, sequence or show.
    TaskId,
    /// A date promised to somebody.
    MilestoneId,
    /// A company that work can be sent to.
    VendorId,
    /// Render farm, licences, desks.
    PoolId,
    /// A line of the chart of accounts.
    AccountId,
    /// A file that was read.
    FileId,
}

/// A vector that is opened by the id of its rows.
///
/// ```
/// use shotplan::model::{Id, Keyed, TaskId};
/// let mut bids: Keyed<TaskId, i64> = Keyed::new();
/// let animation = bids.push(2400);
/// assert_eq!(bids[animation], 2400);
/// assert_eq!(bids.ids().count(), 1);
/// assert_eq!(TaskId::new(0), animation);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Keyed<I, T> {
    rows: Vec<T>,
    id: PhantomData<I>,
}

impl<I: Id, T> Keyed<I, T> {
    /// No rows.
    pub fn new() -> Self {
        Keyed { rows: Vec::new(), id: PhantomData }
    }
    /// `len` rows, all `value`.
    pub fn filled(value: T, len: usize) -> Self
    where
        T: Clone,
    {
        Keyed { rows: vec![value; len], id: PhantomData }
    }
    /// Adds a row and returns its id.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::new(self.rows.len() - 1)
    }
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// All ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }
    /// All rows in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }
    /// All rows in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.rows.iter_mut()
    }
    /// All rows with their ids.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.rows.iter().enumerate().map(|(index, row)| (I::new(index), row))
    }
    /// The row of `id`, if there is one.
    pub fn get(&self, id: I) -> Option<&T> {
        self.rows.get(id.index())
    }
    /// Keeps the first `len` rows.
    pub fn truncate(&mut self, len: usize) {
        self.rows.truncate(len);
    }
    /// The rows as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.rows
    }
}

impl<I: Id, T> Default for Keyed<I, T> {
    fn default() -> Self {
        Keyed::new()
    }
}

impl<I: Id, T> FromIterator<T> for Keyed<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(rows: It) -> Self {
        Keyed { rows: rows.into_iter().collect(), id: PhantomData }
    }
}

impl<I: Id, T> Index<I> for Keyed<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Keyed<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}

impl<'a, I: Id, T> IntoIterator for &'a Keyed<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<I: Id, T: fmt::Debug> fmt::Debug for Keyed<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.rows).finish()
    }
}
