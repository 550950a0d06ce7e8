#include "app/definitions/versionremoval.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace app {

VersionRemoval::VersionRemoval(const QString &name, int version, const QString &server, bool production, QWidget *parent)
    : QDialog(parent)
{
    const QString shown = conductor::harmless(name, 80);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Delete version %1").arg(version));
    auto *title = new QLabel(tr("Delete version %1 of %2?").arg(QString::number(version), shown));
    setTextStyle(*title, TextStyle::Section);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    auto *detail = new QLabel(tr("It is gone from %1 for good. Its runs stay readable, but new ones cannot be started from it.").arg(conductor::harmless(server, 80)));
    detail->setTextFormat(Qt::PlainText);
    detail->setWordWrap(true);
    auto *keep = button(tr("Keep it"));
    auto *remove = button(tr("Delete version %1").arg(version));
    keep->setDefault(true);
    remove->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::groupGap);
    buttons->addWidget(remove);
    buttons->addStretch();
    buttons->addWidget(keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::dialogMargin, Metrics::dialogMargin, Metrics::dialogMargin, Metrics::dialogMargin);
    layout->setSpacing(Metrics::groupGap);
    layout->addWidget(title);
    layout->addWidget(detail);
    if (production) {
        auto *typed = new QLineEdit;
        auto *label = new QLabel(tr("This is a production server. Type the workflow's name to delete:"));
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setBuddy(typed);
        remove->setEnabled(false);
        connect(typed, &QLineEdit::textChanged, remove, [remove, name](const QString &text) { remove->setEnabled(text == name); });
        layout->addWidget(label);
        layout->addWidget(typed);
    }
    layout->addLayout(buttons);
    setMinimumWidth(420);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(remove, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace app
