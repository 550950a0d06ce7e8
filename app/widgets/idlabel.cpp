#include "app/widgets/idlabel.h"

#include "app/widgets/buttons.h"
#include "app/widgets/elidedlabel.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace app {

IdLabel::IdLabel(const QString &what, QWidget *parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(TextStyle::Mono, Qt::ElideMiddle))
    , m_copy(new IconButton(u"copy", tr("Copy %1", "the execution id").arg(what)))
{
    m_copy->setFixedSize(26, 26);
    m_copy->setIconSize({14, 14});
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_text);
    layout->addWidget(m_copy);
    layout->addStretch();
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_id);
        Q_EMIT copied(m_id);
    });
}

void IdLabel::setId(const QString &id)
{
    m_id = id;
    m_text->setText(conductor::harmless(id));
    m_copy->setEnabled(!id.isEmpty());
}

const QString &IdLabel::id() const
{
    return m_id;
}

} // namespace app
