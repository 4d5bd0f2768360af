//! UUIDs at rest: 16 bytes on SQLite, `uuid` on PostgreSQL, one Rust type for both.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, SqlType};
use diesel::sqlite::Sqlite;
use diesel::{Connection, query_builder::QueryId};
use std::io::Write as _;
use uuid::Uuid;

use super::connection::Db;

type EitherBackend = <Db as Connection>::Backend;

/// The SQL type of an id; public to the letter, because `table!` makes public items, and private all
/// the same, because this module is.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Binary"))]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
pub struct UuidBytes;

/// An id on its way to or from the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = UuidBytes)]
pub(super) struct Id(pub(super) Uuid);

impl HasSqlType<UuidBytes> for EitherBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<UuidBytes>(lookup)
    }
}

impl ToSql<UuidBytes, Pg> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<UuidBytes, Sqlite> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl ToSql<UuidBytes, EitherBackend> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, EitherBackend>) -> serialize::Result {
        out.set_value((UuidBytes, self));
        Ok(IsNull::No)
    }
}

impl FromSql<UuidBytes, Pg> for Id {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?))
    }
}

impl FromSql<UuidBytes, Sqlite> for Id {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.read_blob())?))
    }
}

impl FromSql<UuidBytes, EitherBackend> for Id {
    fn from_sql(value: <EitherBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, UuidBytes>()
    }
}
