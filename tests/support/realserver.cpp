#include "support/realserver.h"

namespace support {
namespace {

QString told(const char *variable)
{
    const QString value = qEnvironmentVariable(variable);
    if (value.isEmpty())
        qFatal("%s is not set: run this test through ctest, which starts the Conductor server", variable);
    return value;
}

} // namespace

QUrl realServer()
{
    return QUrl(told("CONDUCTOR_TEST_URL"));
}

conductor::Client realClient()
{
    return conductor::Client::to(realServer(), conductor::fixedKey({}));
}

QString realServerJar()
{
    return told("CONDUCTOR_TEST_JAR");
}

QString realServerJava()
{
    return told("CONDUCTOR_TEST_JAVA");
}

} // namespace support
