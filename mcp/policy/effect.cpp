#include "mcp/policy/effect.h"

#include <array>
#include <utility>

namespace mcp {
namespace {

constexpr std::array words{std::pair{Effect::Kind::Read, QStringView(u"read")}, std::pair{Effect::Kind::Add, QStringView(u"add")},
                           std::pair{Effect::Kind::Change, QStringView(u"change")}, std::pair{Effect::Kind::Destroy, QStringView(u"destroy")}};

} // namespace

QString word(Effect::Kind kind)
{
    for (const auto &[some, name] : words) {
        if (some == kind)
            return name.toString();
    }
    return QStringLiteral("destroy");
}

std::optional<Effect::Kind> effectKind(QStringView word)
{
    for (const auto &[kind, name] : words) {
        if (name == word)
            return kind;
    }
    return {};
}

} // namespace mcp
