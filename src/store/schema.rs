//! The tables, as both engines have them. Private to the store.
//!
//! Kept by hand, because `diesel print-schema` knows one engine at a time; a test compares it with
//! what the migrations make.

diesel::table! {
    users (id) {
        id -> crate::store::id::UuidBytes,
        email -> Text,
        password_hash -> Text,
        token_epoch -> BigInt,
        version -> BigInt,
        task_count -> BigInt,
        time_zone -> Text,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    revoked_sids (sid) {
        sid -> crate::store::id::UuidBytes,
        expires_at -> BigInt,
    }
}

diesel::table! {
    lists (user_id, id) {
        user_id -> crate::store::id::UuidBytes,
        id -> crate::store::id::UuidBytes,
        name -> Text,
        is_inbox -> Bool,
        position -> BigInt,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    tasks (user_id, id) {
        user_id -> crate::store::id::UuidBytes,
        id -> crate::store::id::UuidBytes,
        list_id -> crate::store::id::UuidBytes,
        title -> Text,
        notes -> Text,
        position -> BigInt,
        priority -> SmallInt,
        due_on -> Nullable<Date>,
        completed_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(users, revoked_sids, lists, tasks);
