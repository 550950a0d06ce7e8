#include "app/profiles/checklines.h"

#include "conductor/base/hostile.h"

#include <QCoreApplication>

using conductor::KeyChange;
using conductor::ProbeCheck;
using conductor::ProbeReport;
using conductor::ProbeStatus;

namespace app {
namespace {

constexpr qsizetype cap = 400;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(app::CheckLines)

public:
    static QString of(ProbeCheck::What what)
    {
        switch (what) {
        case ProbeCheck::What::Address:
            return tr("Address");
        case ProbeCheck::What::Connection:
            return tr("Connection");
        case ProbeCheck::What::Encryption:
            return tr("Encryption");
        case ProbeCheck::What::Api:
            return tr("Conductor answers");
        case ProbeCheck::What::Key:
            return tr("Access key");
        case ProbeCheck::What::Reading:
            return tr("Reading executions");
        case ProbeCheck::What::Speed:
            return tr("Speed");
        }
        return {};
    }

    static QString of(KeyChange::Step step)
    {
        switch (step) {
        case KeyChange::Step::Verify:
            return tr("Token for the new key");
        case KeyChange::Step::Use:
            return tr("A request with it");
        case KeyChange::Step::Keep:
            return tr("What the keychain holds");
        case KeyChange::Step::Store:
            return tr("Store the new key");
        case KeyChange::Step::Announce:
            return tr("Tell running sessions");
        case KeyChange::Step::Restore:
            return tr("Put the old key back");
        case KeyChange::Step::Remove:
            return tr("Remove the key");
        }
        return {};
    }

    static QString of(ProbeStatus status)
    {
        switch (status) {
        case ProbeStatus::Ready:
            return tr("Connected");
        case ProbeStatus::Slow:
            return tr("Connected, slow");
        case ProbeStatus::OldServer:
            return tr("Connected, old version");
        case ProbeStatus::BadAddress:
            return tr("Not an address");
        case ProbeStatus::UnknownHost:
            return tr("Unknown host");
        case ProbeStatus::Refused:
        case ProbeStatus::NoAnswer:
            return tr("Not reachable");
        case ProbeStatus::WrongScheme:
            return tr("http or https mixed up");
        case ProbeStatus::TlsFailed:
            return tr("No trusted connection");
        case ProbeStatus::MissingApi:
            return tr("Address lacks /api");
        case ProbeStatus::NotConductor:
            return tr("Not a Conductor server");
        case ProbeStatus::ServerFails:
            return tr("Trouble on the server");
        case ProbeStatus::KeychainTrouble:
            return tr("Access key not readable");
        case ProbeStatus::KeyMissing:
            return tr("Access key missing");
        case ProbeStatus::WrongKey:
            return tr("Access key refused");
        case ProbeStatus::KeyExpired:
            return tr("Access key expired");
        }
        return {};
    }

    static QString good(const QString &version)
    {
        return version.isEmpty() ? tr("The server can be used") : tr("The server can be used: Conductor %1").arg(conductor::harmless(version, 40));
    }
    static QString bad(const QString &words) { return tr("The server cannot be used: %1").arg(words); }
};

CheckLine::State stateOf(const ProbeCheck &check, bool usable)
{
    switch (check.state) {
    case ProbeCheck::State::Passed:
        return CheckLine::State::Passed;
    case ProbeCheck::State::Failed:
        return usable ? CheckLine::State::Warned : CheckLine::State::Failed;
    case ProbeCheck::State::Skipped:
        break;
    }
    return CheckLine::State::Skipped;
}

} // namespace

std::vector<CheckLine> checkLines(const ProbeReport &report)
{
    std::vector<CheckLine> lines;
    for (const ProbeCheck &check : report.checks)
        lines.push_back({stateOf(check, report.isUsable()), Words::of(check.what), conductor::harmless(check.detail, cap),
                         conductor::harmless(check.fix, cap)});
    return lines;
}

// The hint of the failure that decides is said once, above the lines: it tells what is in force.
std::vector<CheckLine> checkLines(const KeyChange &change)
{
    std::vector<CheckLine> lines;
    for (const KeyChange::Taken &taken : change.steps)
        lines.push_back({taken.error ? CheckLine::State::Failed : CheckLine::State::Passed, Words::of(taken.step),
                         taken.error ? conductor::harmless(taken.error->message, cap) : QString(),
                         taken.error ? conductor::harmless(taken.error->hint, cap) : QString()});
    return lines;
}

QString headline(const ProbeReport &report)
{
    return report.isUsable() ? Words::good(report.version) : Words::bad(Words::of(report.status));
}

QString shortWords(ProbeStatus status)
{
    return Words::of(status);
}

} // namespace app
