//! Owns the file that `caveat init` writes.

/// A commented `caveat.yaml` that changes nothing.
pub const STARTER: &str = "\
# Settings of caveat for this folder and those below it. Paths are relative to this file.

# Whose rules apply: us, uk, eu, au, ca.
markets: [us]

# Further policies, by name or by file.
# policies: [platforms, policies/house.yaml]

# The run fails from this severity on: error, warning, advice or never.
# fail-on: warning

# What pages sell and what they are for, where caveat reads it wrongly.
# products:
#   - {paths: [shop/vitamins/], product: supplement}
# pages:
#   - {paths: [blog/], page: article}

# Severities of single rules: error, warning, advice or off.
# severities:
#   us-ftc/superlative: advice

# Statements that a layout makes on every page, so that the copy need not.
# satisfied:
#   - {paths: [blog/], statements: [missing-disclaimer, missing-consult]}

# Copy that is not checked.
# ignore: [archive/]
";
