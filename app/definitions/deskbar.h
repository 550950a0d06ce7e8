// The first line of an opened definition: the way back, its name and version, whether it is saved, and what can be done with
// it. The desk owns it.
#pragma once

#include <QWidget>

#include <vector>

class QAction;
class QComboBox;
class QPushButton;

namespace app {

class PageHeader;

class DeskBar : public QWidget
{
    Q_OBJECT

public:
    explicit DeskBar(QWidget *parent = nullptr);

    void setTitle(const QString &name);
    void setVersions(const std::vector<int> &versions, int current); // none: it is new
    void setState(const QString &words, bool isChanged);
    void setWorking(bool working);   // a face of its own is open, or there is nothing to work on
    void setStorable(bool storable); // there is a text

Q_SIGNALS:
    void backRequested();
    void versionChosen(int version);
    void runRequested();
    void saveRequested();
    void formatRequested();
    void discardRequested();
    void historyRequested();
    void deleteRequested();

private:
    void buildMenu();

    PageHeader *m_header;
    QComboBox *m_version;
    QPushButton *m_run;
    QPushButton *m_save;
    QWidget *m_more;
    QAction *m_discard = nullptr;
    QAction *m_history = nullptr;
    QAction *m_delete = nullptr;
};

} // namespace app
