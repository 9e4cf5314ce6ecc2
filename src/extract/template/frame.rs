//! Owns what is known at one place in the code of a tag: the bracket it stands in, the name before it, the call.

use super::calls::Call;

/// What a tag does with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It has none: a statement.
    Still,
    /// It prints it.
    Prints,
    /// It prints it where another string says: values in it have their place there.
    Fills,
    /// It keeps it: assigned, returned, in a list.
    Keeps,
    /// It hands it to something unknown.
    Deaf,
}

/// An open bracket, or the code itself.
pub(super) struct Frame<'a> {
    /// What values in it are for, where nothing says otherwise.
    base: Mode,
    /// What the value that is read now is for.
    pub(super) mode: Mode,
    pub(super) key: Option<&'a str>,
    /// The function whose body it is, or the name that a call gives to what its function gives back.
    pub(super) function: Option<&'a str>,
    pub(super) call: Option<Call>,
    /// How many arguments stand before this one.
    pub(super) argument: u8,
    /// How many conditions wait for their `:`.
    pub(super) conditions: u32,
    /// Whether statements stand in it.
    pub(super) block: bool,
    /// Whether it picks one of a list: `$page['title']`.
    pub(super) is_index: bool,
}

impl<'a> Frame<'a> {
    pub(super) const fn new(base: Mode, call: Option<Call>, block: bool) -> Self {
        Self {
            base,
            mode: base,
            key: None,
            function: None,
            call,
            argument: 0,
            conditions: 0,
            block,
            is_index: false,
        }
    }

    pub(super) const fn index() -> Self {
        Self {
            is_index: true,
            ..Self::new(Mode::Deaf, None, false)
        }
    }

    /// What the value that is read now is for.
    pub(super) fn role(&self) -> Mode {
        if self.key.is_some() {
            return self.mode;
        }
        let takes = |places: u8| places.checked_shr(u32::from(self.argument)).unwrap_or(0) & 1 == 1;
        match self.call {
            Some(Call::Prints(u8::MAX)) if self.argument > 0 => Mode::Fills,
            Some(Call::Passes(u8::MAX)) if self.argument > 0 && self.mode == Mode::Prints => Mode::Fills,
            Some(Call::Prints(places)) if takes(places) => Mode::Prints,
            Some(Call::Passes(places)) if takes(places) => self.mode,
            Some(Call::Scripts(places) | Call::Says(places)) if takes(places) => Mode::Keeps,
            Some(_) => Mode::Deaf,
            None => self.mode,
        }
    }

    /// Whether `mark` after a word or string makes it a name.
    pub(super) const fn takes_name(&self, mark: &str) -> bool {
        match mark.as_bytes() {
            b"=" | b"=>" | b".=" | b"+=" | b":=" | b"??=" => true,
            b":" => self.conditions == 0 && !self.block,
            _ => false,
        }
    }

    /// A name begins here, whose value is kept.
    pub(super) const fn keep(&mut self, name: &'a str) {
        self.key = Some(name);
        self.mode = Mode::Keeps;
        self.conditions = 0;
    }

    /// The next value of a list, or the next argument.
    pub(super) fn next(&mut self) {
        self.argument = self.argument.saturating_add(1);
        let named = self.call == Some(Call::Names) && self.argument == 1;
        if !named && (self.call.is_some() || !self.block) {
            self.key = None;
            self.mode = self.base;
        }
        self.conditions = 0;
    }

    /// The next statement.
    pub(super) fn end(&mut self) {
        self.key = None;
        self.mode = self.base;
        self.conditions = 0;
        if self.block {
            self.call = None;
        }
    }
}
