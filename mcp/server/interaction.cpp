#include "mcp/server/interaction.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

class NoInteraction : public Interaction
{
public:
    bool can(QStringView) const override { return false; }
    Reply<QJsonObject> ask(std::vector<Question>) override
    {
        return answered<QJsonObject>(Failure({Error::Kind::Cancelled, u"This client cannot be asked anything"_s}));
    }
};

} // namespace

std::shared_ptr<Interaction> Interaction::none()
{
    return std::make_shared<NoInteraction>();
}

QStringView capabilityFor(QStringView method)
{
    return method.left(method.indexOf(u'/'));
}

} // namespace mcp
