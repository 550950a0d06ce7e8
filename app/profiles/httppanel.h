// The HTTP server of a profile: whether it is wanted and at which port, how it is, and what an AI client needs to reach it.
// Owned by the server's detail.
#pragma once

#include "app/look/statuslook.h"
#include "mcp/host/httpsection.h"
#include "mcp/host/httpsupervisor.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace app {

class NoteLine;
class StatusBadge;

// What is to be said about it.
struct HttpFacts {
    QString profileId = {};
    mcp::HttpSection wanted = {};
    mcp::HttpInfo server = {};
    int clients = 0;
    qint64 calls = 0;
    qint64 errors = 0;
};

StatusLook httpLook(mcp::HttpInfo::State state);

class HttpPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HttpPanel(QWidget *parent = nullptr);

    void show(const HttpFacts &facts);
    using QWidget::show;
    void setBusy(bool busy); // what was chosen is under way

Q_SIGNALS:
    void chosen(bool on, int port);
    void addressWanted();
    void headerWanted();
    void newTokenWanted();
    void againWanted();

private:
    void build();
    void choose();
    void showText(const HttpFacts &facts);

    mcp::HttpSection m_wanted;
    QString m_profileId;
    bool m_busy = false;

    StatusBadge *m_state;
    QLabel *m_text;
    NoteLine *m_trouble;
    QCheckBox *m_on;
    QSpinBox *m_port;
    QPushButton *m_address;
    QPushButton *m_header;
    QPushButton *m_newToken;
    QPushButton *m_again;
    QLabel *m_figures;
};

} // namespace app
