"""The engines that count: files on DuckDB, PostgreSQL, Spark."""
