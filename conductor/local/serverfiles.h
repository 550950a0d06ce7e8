// What a local Conductor server runs on: its jar, which installer/server-files.sh fetches, and a Java that is new enough. Both
// are pinned in resources/server/conductor-server.json; here they are only looked for.
#pragma once

#include "conductor/base/reply.h"

#include <QStringList>

#include <chrono>

namespace conductor {

struct ServerPins {
    QString jarFile;        // "conductor-server-3.32.3-boot.jar"
    qint64 jarSize = 0;     // bytes
    int minimumJava = 0;    // major version
    QString fetchedJava;    // below cacheDirectory(): the Java that is fetched where the machine has none
    QStringList javaOptions;
    // Ten connections to its database, the default, are held by ten threads that each wait for an eleventh: 30 s of standstill
    // under a swarm, and failed tasks after that.
    QStringList serverOptions;
};

ServerPins serverPins();

// The fetched jar. Errors: NotFound with the command to run; a jar of another size is none.
Result<QString> findServerJar();

// Programs named java that may do, best first: CONDUCTOR_JAVA, JAVA_HOME, PATH, /usr/lib/jvm, /opt, sdkman, ~/.jdks, the fetched
// one. installer/server-files.sh looks in the same places in the same order.
QStringList javaCandidates();

// The first candidate of at least serverPins().minimumJava; asks one after the other. Errors: NotFound with the command to run,
// naming what was found and does not do.
Reply<QString> findJava(QStringList candidates = javaCandidates());

// The major version a java program says it is of: 8, 17, 25. Errors: Timeout, Validation.
Reply<int> javaVersion(QString program, std::chrono::milliseconds patience = std::chrono::seconds(10));

} // namespace conductor
