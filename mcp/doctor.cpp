#include "mcp/doctor.h"

#include "conductor/profile/profilestore.h"
#include "conductor/secret/keychainstore.h"
#include "conductor/secret/profilekeys.h"

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

QString mark(ProbeCheck::State state)
{
    switch (state) {
    case ProbeCheck::State::Passed:
        return u"ok  "_s;
    case ProbeCheck::State::Failed:
        return u"FAIL"_s;
    case ProbeCheck::State::Skipped:
        return u"–   "_s;
    }
    return u"–   "_s;
}

void print(int out, const QString &text)
{
    dprintf(out, "%s", text.toUtf8().constData());
}

QString sourceName(Configuration::Source source)
{
    switch (source) {
    case Configuration::Source::Profile:
        return u"profile"_s;
    case Configuration::Source::ConfigFile:
        return u"configuration file"_s;
    case Configuration::Source::Environment:
        return u"environment"_s;
    case Configuration::Source::LocalDev:
        return u"option --local_dev"_s;
    }
    return {};
}

} // namespace

QString reportText(const ProbeReport &report)
{
    QString text;
    for (const ProbeCheck &check : report.checks) {
        text += u"%1  %2"_s.arg(mark(check.state), check.title);
        if (!check.detail.isEmpty())
            text += u": "_s + check.detail;
        if (check.state != ProbeCheck::State::Skipped)
            text += u" (%1 ms)"_s.arg(check.tookMs);
        text += u'\n';
        if (!check.fix.isEmpty())
            text += u"      → %1\n"_s.arg(check.fix);
    }
    const QString server = report.version.isEmpty() ? u"Conductor"_s : u"Conductor "_s + report.version;
    text += report.isUsable() ? u"\n%1 can be worked with (%2).\n"_s.arg(server, statusName(report.status))
                              : u"\nThis server cannot be worked with (%1).\n"_s.arg(statusName(report.status));
    return text;
}

Reply<int> examine(Configuration configuration, int out)
{
    QUrl url = configuration.url;
    std::shared_ptr<KeySource> keys = fixedKey(configuration.key);
    ProfileStore profiles;
    if (configuration.source == Configuration::Source::Profile) {
        const Result<Done> loaded = profiles.load();
        const Result<Profile> profile = loaded ? profiles.named(configuration.profile) : Failure(loaded.error());
        if (!profile) {
            print(out, u"FAIL  Profile: %1\n"_s.arg(sentence(profile.error())));
            co_return 1;
        }
        print(out, u"Profile %1\n"_s.arg(profile->name));
        url = profile->url;
        keys = std::make_shared<ProfileKeys>(profiles, std::make_shared<KeychainStore>(), profile->id, profile->url);
    }
    print(out, u"Server  %1 (from the %2)\n\n"_s.arg(url.toString(), sourceName(configuration.source)));
    const ProbeReport report = co_await probe(url, keys);
    print(out, reportText(report));
    co_return report.isUsable() ? 0 : 1;
}

} // namespace mcp
