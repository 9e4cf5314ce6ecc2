//! Owns the extension module of the wheel: `caveat check` and the whole program, as Python calls them. What people call
//! stands in `python/caveat`.

use caveat::cli::{self, Report};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

create_exception!(
    caveat,
    CaveatError,
    PyException,
    "caveat cannot do its job: an option, a settings file or a policy is wrong. The message is the program's."
);

/// Options of `caveat check`, with the rules that they choose.
#[pyclass(frozen, module = "caveat._caveat")]
struct Checker(cli::Checker);

#[pymethods]
impl Checker {
    #[new]
    fn new(py: Python<'_>, options: Vec<OsString>) -> PyResult<Self> {
        py.detach(|| cli::Checker::new(options)).map(Self).map_err(wrong)
    }

    #[getter]
    fn as_of(&self) -> String {
        self.0.as_of()
    }

    fn ready(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.0.ready()).map_err(wrong)
    }

    fn text(
        &self,
        py: Python<'_>,
        text: &[u8],
        name: Option<String>,
        format: Option<String>,
    ) -> PyResult<(String, u8)> {
        let bytes = text.to_vec();
        let report = py.detach(|| self.0.text(bytes, name.as_deref(), format.as_deref()));
        report.map(told).map_err(wrong)
    }

    fn files(&self, py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<(String, u8)> {
        py.detach(|| self.0.files(paths)).map(told).map_err(wrong)
    }
}

/// Runs the program with a command line, its name first, and returns the exit status.
#[pyfunction]
fn run(py: Python<'_>, line: Vec<OsString>) -> u8 {
    py.detach(|| cli::run(line) as u8)
}

fn told(report: Report) -> (String, u8) {
    (report.json, report.status as u8)
}

fn wrong(message: String) -> PyErr {
    CaveatError::new_err(message)
}

#[pymodule]
fn _caveat(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("CaveatError", module.py().get_type::<CaveatError>())?;
    module.add_class::<Checker>()?;
    module.add_function(wrap_pyfunction!(run, module)?)
}
