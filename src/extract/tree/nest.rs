//! Owns the open lists, items and tables, and which block leads into the next item or cell.

use crate::extract::element::{Kind, Role};
use crate::extract::flow::Place;

struct List {
    lead: Option<u32>,
    term: Option<u32>,
    depth: usize,
}

struct Item {
    first: Option<u32>,
    is_term: bool,
    depth: usize,
}

#[derive(Default)]
struct Table {
    headers: Vec<Option<u32>>,
    rows: usize,
    column: usize,
    in_head: bool,
    row: Option<usize>,
    cell: Option<usize>,
}

/// Open lists, items and tables, innermost last.
#[derive(Default)]
pub(super) struct Nest {
    lists: Vec<List>,
    items: Vec<Item>,
    tables: Vec<Table>,
}

impl Nest {
    /// Whether none is open.
    pub(super) const fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.items.is_empty() && self.tables.is_empty()
    }

    /// Takes note of a block that was written.
    pub(super) fn note(&mut self, role: Role, index: u32) {
        match role {
            Role::ListItem => self.note_item(index),
            Role::Cell { header: true } => self.note_header(index),
            _ => {}
        }
    }

    fn note_item(&mut self, index: u32) {
        let Some(item) = self.items.last_mut() else {
            return;
        };
        item.first.get_or_insert(index);
        if item.is_term
            && let Some(list) = self.lists.last_mut()
        {
            list.term = Some(index);
        }
    }

    fn note_header(&mut self, index: u32) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        if table.rows > 1 && !table.in_head {
            return;
        }
        let column = table.column.saturating_sub(1);
        if table.headers.len() <= column {
            table.headers.resize(column + 1, None);
        }
        if let Some(header) = table.headers.get_mut(column) {
            header.get_or_insert(index);
        }
    }

    /// The depth of the open element that one of this kind ends by beginning: an item the next item, say.
    pub(super) fn ended_by(&self, kind: Kind) -> Option<usize> {
        match kind {
            Kind::Item | Kind::Term | Kind::Definition => {
                let list = self.lists.last().map_or(0, |list| list.depth);
                let item = self.items.last().map(|item| item.depth);
                item.filter(|depth| *depth > list)
            }
            Kind::Row => self.tables.last().and_then(|table| table.row),
            Kind::Cell { .. } => self.tables.last().and_then(|table| table.cell),
            _ => None,
        }
    }

    /// An element begins at `depth`; `lead` is what may lead into a list here.
    pub(super) fn enter(&mut self, kind: Kind, depth: usize, lead: &mut Option<u32>, place: &mut Place) {
        match kind {
            Kind::Region => *lead = None,
            Kind::List => {
                let item = self.items.last().and_then(|item| item.first);
                self.lists.push(List {
                    lead: item.or(*lead),
                    term: None,
                    depth,
                });
            }
            Kind::Item => self.enter_item(depth, false, place),
            Kind::Term => self.enter_item(depth, true, place),
            Kind::Definition => {
                self.enter_item(depth, false, place);
                let term = self.lists.last().and_then(|list| list.term);
                place.lead_in = term.or(place.lead_in);
            }
            Kind::Table => self.tables.push(Table::default()),
            Kind::TableHead => self.in_table(|table| table.in_head = true),
            Kind::Row => self.in_table(|table| {
                table.rows += 1;
                table.column = 0;
                table.row = Some(depth);
            }),
            Kind::Cell { header } => {
                *lead = None;
                self.enter_cell(header, depth, place);
            }
            _ => {}
        }
    }

    fn enter_item(&mut self, depth: usize, is_term: bool, place: &mut Place) {
        place.role = Role::ListItem;
        place.lead_in = self.lists.last().and_then(|list| list.lead);
        self.items.push(Item {
            first: None,
            is_term,
            depth,
        });
    }

    fn enter_cell(&mut self, header: bool, depth: usize, place: &mut Place) {
        place.role = Role::Cell { header };
        place.lead_in = None;
        self.in_table(|table| {
            if !header {
                place.lead_in = table.headers.get(table.column).copied().flatten();
            }
            table.column += 1;
            table.cell = Some(depth);
        });
    }

    /// An element ends.
    pub(super) fn leave(&mut self, kind: Kind, lead: &mut Option<u32>) {
        match kind {
            Kind::Region => *lead = None,
            Kind::List => drop(self.lists.pop()),
            Kind::Item | Kind::Term | Kind::Definition => drop(self.items.pop()),
            Kind::Table => {
                self.tables.pop();
                *lead = None;
            }
            Kind::TableHead => self.in_table(|table| table.in_head = false),
            Kind::Row => self.in_table(|table| (table.row, table.cell) = (None, None)),
            Kind::Cell { .. } => self.in_table(|table| table.cell = None),
            _ => {}
        }
    }

    fn in_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }
}
