#include "app/definitions/deskbar.h"

#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/pageheader.h"
#include "conductor/base/hostile.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>

namespace app {

DeskBar::DeskBar(QWidget *parent)
    : QWidget(parent)
    , m_header(new PageHeader({}))
    , m_version(new QComboBox)
    , m_run(button(tr("Run …")))
    , m_save(nullptr)
    , m_more(nullptr)
{
    auto *back = new IconButton(u"arrow-left", tr("Back to all definitions (Esc)"));
    m_version->setAccessibleName(tr("Version"));
    m_version->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_run->setToolTip(tr("Starts a run with an input"));
    m_header->addButton(m_version);
    buildMenu();
    m_header->addButton(m_run);
    m_save = m_header->setPrimary(tr("Save …"));
    m_save->setShortcut(QKeySequence::Save);
    m_save->setToolTip(tr("Shows what would change on the server before anything is stored (%1)").arg(QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText)));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::rowGap, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(back);
    layout->addWidget(m_header, 1);

    connect(back, &QToolButton::clicked, this, &DeskBar::backRequested);
    connect(m_version, &QComboBox::activated, this, [this] { Q_EMIT versionChosen(m_version->currentData().toInt()); });
    connect(m_run, &QPushButton::clicked, this, &DeskBar::runRequested);
    connect(m_save, &QPushButton::clicked, this, &DeskBar::saveRequested);
}

void DeskBar::buildMenu()
{
    auto *more = new IconButton(u"ellipsis", tr("More"));
    auto *menu = new QMenu(more);
    connect(menu->addAction(tr("Lay out the text")), &QAction::triggered, this, &DeskBar::formatRequested);
    m_discard = menu->addAction(tr("Discard the changes"));
    connect(m_discard, &QAction::triggered, this, &DeskBar::discardRequested);
    m_history = menu->addAction(tr("History …"));
    connect(m_history, &QAction::triggered, this, &DeskBar::historyRequested);
    menu->addSeparator();
    m_delete = menu->addAction(tr("Delete this version …"));
    connect(m_delete, &QAction::triggered, this, &DeskBar::deleteRequested);
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_more = more;
    m_header->addButton(more);
}

void DeskBar::setTitle(const QString &name)
{
    m_header->setTitle(conductor::harmless(name, 60));
}

void DeskBar::setVersions(const std::vector<int> &versions, int current)
{
    m_version->clear();
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        m_version->addItem(version == versions.rbegin() ? tr("Version %1, the newest").arg(*version) : tr("Version %1").arg(*version), *version);
    m_version->setCurrentIndex(m_version->findData(current));
    m_version->setVisible(!versions.empty());
    m_history->setEnabled(!versions.empty());
    m_delete->setEnabled(!versions.empty());
    m_delete->setText(versions.empty() ? tr("Delete this version …") : tr("Delete version %1 …").arg(current));
    m_run->setEnabled(!versions.empty());
}

void DeskBar::setState(const QString &words, bool isChanged)
{
    m_header->setHint(words);
    m_discard->setEnabled(isChanged);
}

void DeskBar::setWorking(bool working)
{
    for (QWidget *control : {static_cast<QWidget *>(m_version), static_cast<QWidget *>(m_run), static_cast<QWidget *>(m_save), m_more})
        control->setVisible(!working && (control != m_version || m_version->count() > 0));
}

void DeskBar::setStorable(bool storable)
{
    m_save->setEnabled(storable);
}

} // namespace app
