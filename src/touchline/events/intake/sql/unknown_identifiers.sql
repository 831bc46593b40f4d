-- Places of the restored identifiers that the store does not have.
select n from staged_identifiers anti join identifiers using (type, value)
