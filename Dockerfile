# One image for nodes and commands: `docker build -t rollcall .`
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jdk-headless maven zip \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN mvn -B -ntp -q -DskipTests -Dlint=false -pl registry-server,registry-cli -am package
RUN mkdir -p /opt/rollcall/lib \
    && cp registry-server/target/rollcall/lib/*.jar /opt/rollcall/lib/ \
    && cp registry-cli/target/rollcall-cli/lib/*.jar /opt/rollcall/lib/ \
    && cp -r bin /opt/rollcall/bin \
    # RocksDB brings its library for all platforms; one is needed here.
    && arch=$(uname -m | sed 's/x86_64/linux64/;s/aarch64/linux-aarch64/') \
    && others=$(jar tf /opt/rollcall/lib/rocksdbjni-*.jar | grep '^librocksdbjni-' | grep -v "librocksdbjni-$arch.so\$") \
    && zip -q -d /opt/rollcall/lib/rocksdbjni-*.jar $others \
    # A Java runtime of the modules that are used.
    && jlink --output /opt/java --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 \
        --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.management,jdk.unsupported,jdk.zipfs \
    # Its own classes and those of a node, archived: a node starts in half the time.
    && /opt/java/bin/java -Xshare:dump \
    && JAVA_HOME=/opt/java /opt/rollcall/bin/lib/archive-classes /opt/rollcall/lib

FROM debian:bookworm-slim
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/rollcall /opt/rollcall
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin rollcall \
    && mkdir -p /data && chown rollcall:rollcall /data \
    && ln -s /opt/rollcall/bin/rollcall /usr/local/bin/rollcall
ENV JAVA_HOME=/opt/java ROLLCALL_DATA=/data
USER rollcall
WORKDIR /data
VOLUME /data
EXPOSE 8500 8300
# A node serves when it has caught up and hears from a quorum. With TLS that takes a second of Java to ask.
HEALTHCHECK --interval=10s --timeout=8s --start-period=60s --retries=3 \
    CMD ["/opt/rollcall/bin/lib/healthcheck"]
# SIGTERM: hand the leadership over, finish what is in flight, exit.
STOPSIGNAL SIGTERM
ENTRYPOINT ["rollcall"]
CMD ["server"]
