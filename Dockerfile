# One static binary on an empty base: no shell, no package manager, nothing to patch but itself.
#
# Linked statically against glibc, whose resolver and allocator the program is measured with.
ARG RUST_IMAGE=docker.io/library/rust:1-bookworm

FROM ${RUST_IMAGE} AS build
WORKDIR /src
COPY . .
# A target named outright keeps the flags away from build scripts and procedural macros. Packed
# relocations make the binary smaller.
RUN target="$(rustc -vV | sed -n 's/^host: //p')" \
    && RUSTFLAGS="-C target-feature=+crt-static -C link-arg=-Wl,-z,pack-relative-relocs" \
        cargo build --release --locked --target "$target" \
    && install -D "target/$target/release/tickbox" /out/tickbox \
    && install -d -o 10001 -g 10001 /out/data

FROM scratch
# For a PostgreSQL server whose certificate is verified.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tickbox /tickbox
COPY --from=build --chown=10001:10001 /out/data /data
ENV TICKBOX_LISTEN=0.0.0.0:8080 \
    TICKBOX_DATA_DIR=/data \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 10001:10001
VOLUME /data
EXPOSE 8080
# podman and buildah drop it unless they build with --format docker.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/tickbox", "healthcheck"]
ENTRYPOINT ["/tickbox"]
