revoke execute on function app.spend from public;
