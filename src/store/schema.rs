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
        name -> Text,
        locale -> Text,
        theme -> Text,
        quick_add_symbols -> Text,
        page_size -> SmallInt,
        week_start -> Text,
        email_verified_at -> Nullable<BigInt>,
        unconfirmed_since -> Nullable<BigInt>,
        tokens_from -> BigInt,
    }
}

diesel::table! {
    attempts (bucket) {
        bucket -> Binary,
        count -> Integer,
        blocked_until -> BigInt,
        changed_at -> BigInt,
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
        name_key -> Text,
        color -> SmallInt,
        archived_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    tasks (user_id, id) {
        user_id -> crate::store::id::UuidBytes,
        id -> crate::store::id::UuidBytes,
        list_id -> crate::store::id::UuidBytes,
        parent_id -> Nullable<crate::store::id::UuidBytes>,
        title -> Text,
        notes -> Text,
        labels -> Text,
        position -> BigInt,
        priority -> SmallInt,
        start_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        due_minute -> Nullable<SmallInt>,
        due_zone -> Nullable<Text>,
        due_key -> BigInt,
        recurrence -> Nullable<Text>,
        recurs_from_completion -> Bool,
        recurs_missed -> Bool,
        series_on -> Nullable<Date>,
        next_id -> Nullable<crate::store::id::UuidBytes>,
        completed_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        title_key -> Text,
        notes_key -> Text,
    }
}

diesel::table! {
    labels (user_id, key) {
        user_id -> crate::store::id::UuidBytes,
        key -> Text,
        name -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    task_labels (user_id, label_key, task_id) {
        user_id -> crate::store::id::UuidBytes,
        label_key -> Text,
        task_id -> crate::store::id::UuidBytes,
        is_open -> Bool,
    }
}

diesel::table! {
    views (user_id, id) {
        user_id -> crate::store::id::UuidBytes,
        id -> crate::store::id::UuidBytes,
        name -> Text,
        name_key -> Text,
        query -> Text,
        position -> BigInt,
        version -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    journal (user_id, version) {
        user_id -> crate::store::id::UuidBytes,
        version -> BigInt,
        at -> BigInt,
        door -> SmallInt,
        deed -> SmallInt,
        subject -> Text,
        count -> BigInt,
        changes -> Text,
        undoes -> Nullable<BigInt>,
        undone_by -> Nullable<BigInt>,
        task_count -> BigInt,
    }
}

diesel::table! {
    personal_tokens (user_id, id) {
        user_id -> crate::store::id::UuidBytes,
        id -> crate::store::id::UuidBytes,
        name -> Text,
        scope -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    second_factors (user_id) {
        user_id -> crate::store::id::UuidBytes,
        secret -> Binary,
        last_step -> BigInt,
        created_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (user_id, hash) {
        user_id -> crate::store::id::UuidBytes,
        hash -> Binary,
    }
}

diesel::table! {
    sign_ins (user_id, id) {
        user_id -> crate::store::id::UuidBytes,
        id -> crate::store::id::UuidBytes,
        at -> BigInt,
        event -> SmallInt,
        means -> Text,
        network -> Text,
        browser -> Text,
    }
}

diesel::table! {
    identities (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        user_id -> crate::store::id::UuidBytes,
        created_at -> BigInt,
    }
}

diesel::table! {
    mail_links (user_id, purpose) {
        user_id -> crate::store::id::UuidBytes,
        purpose -> Text,
        hash -> Binary,
        email -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    outbox (id) {
        id -> crate::store::id::UuidBytes,
        sealed -> Binary,
        created_at -> BigInt,
        next_try_at -> BigInt,
        tries -> Integer,
    }
}

diesel::table! {
    invitations (hash) {
        hash -> Binary,
        expires_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    users,
    revoked_sids,
    attempts,
    lists,
    tasks,
    labels,
    task_labels,
    views,
    journal,
    personal_tokens,
    second_factors,
    recovery_codes,
    sign_ins,
    identities,
    mail_links,
    outbox,
    invitations,
);
