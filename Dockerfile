# One binary and the C library that it was linked with, on an empty base: no shell, no package manager.
#
# Not linked statically: glibc's look-ups of names and users are not safe in several threads at once
# there, and a static binary that opened its PostgreSQL connections side by side died of it.
ARG RUST_IMAGE=docker.io/library/rust:1-bookworm

FROM ${RUST_IMAGE} AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked
# What the binary is linked with, and where to look for names: the hosts file, then DNS.
RUN install -D target/release/tickbox /out/tickbox \
    && ldd /out/tickbox | grep -o '/[^ ]*' | xargs cp -L --parents -t /out \
    && install -D -m 644 /etc/ssl/certs/ca-certificates.crt -t /out/etc/ssl/certs \
    && printf 'passwd: files\nhosts: files dns\n' > /out/etc/nsswitch.conf \
    && install -d /empty

FROM scratch
COPY --from=build /out /
COPY --from=build --chown=10001:10001 /empty /data
ENV TICKBOX_LISTEN=0.0.0.0:8080 \
    TICKBOX_DATA_DIR=/data \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 10001:10001
VOLUME /data
EXPOSE 8080
# podman and buildah drop it unless they build with --format docker.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/tickbox", "healthcheck"]
ENTRYPOINT ["/tickbox"]
